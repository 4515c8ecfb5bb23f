/** Domain events on one machine: a file that only grows. */
@NullMarked
package io.hallmark.local.bus;

import org.jspecify.annotations.NullMarked;
