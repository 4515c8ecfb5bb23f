/** The doors of the state machines: decode, one action, encode. */
@NullMarked
package io.hallmark.handlers.promotion;

import org.jspecify.annotations.NullMarked;
