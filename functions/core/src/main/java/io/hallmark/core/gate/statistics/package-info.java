/** Statistics of labelled scores: a value, its influences, and what they allow to be said. Pure numbers. */
@NullMarked
package io.hallmark.core.gate.statistics;

import org.jspecify.annotations.NullMarked;
