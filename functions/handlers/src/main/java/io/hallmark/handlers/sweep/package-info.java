/** The door for the schedule of the sweep. */
@NullMarked
package io.hallmark.handlers.sweep;

import org.jspecify.annotations.NullMarked;
