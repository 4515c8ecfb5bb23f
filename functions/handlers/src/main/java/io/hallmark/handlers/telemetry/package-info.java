/** What the functions tell those who run them: metrics by name, and log lines that can be followed. */
@NullMarked
package io.hallmark.handlers.telemetry;

import org.jspecify.annotations.NullMarked;
