/** How functions on AWS log: one JSON object per line, on standard output. */
@NullMarked
package io.hallmark.handlers.wiring.log;

import org.jspecify.annotations.NullMarked;
