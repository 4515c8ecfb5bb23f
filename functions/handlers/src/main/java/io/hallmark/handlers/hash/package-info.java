/** The door of the state machine that hashes large uploads: decode, one step, encode. */
@NullMarked
package io.hallmark.handlers.hash;

import org.jspecify.annotations.NullMarked;
