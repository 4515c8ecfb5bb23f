/** Log lines in JSON, behind slf4j: no configuration, no reflection. */
@NullMarked
package io.hallmark.handlers.telemetry.log;

import org.jspecify.annotations.NullMarked;
