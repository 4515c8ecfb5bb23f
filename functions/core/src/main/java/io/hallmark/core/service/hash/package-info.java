/** Hashing behind registration, in steps of bounded time that a state machine strings together. */
@NullMarked
package io.hallmark.core.service.hash;

import org.jspecify.annotations.NullMarked;
