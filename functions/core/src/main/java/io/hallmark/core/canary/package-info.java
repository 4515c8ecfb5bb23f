/** The analysis of live traffic: counters in, a verdict per guardrail out. Pure. */
@NullMarked
package io.hallmark.core.canary;

import org.jspecify.annotations.NullMarked;
