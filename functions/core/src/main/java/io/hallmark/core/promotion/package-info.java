/** Promotions and rollbacks as values: what they are, what may follow, and what counts as proof. Pure. */
@NullMarked
package io.hallmark.core.promotion;

import org.jspecify.annotations.NullMarked;
