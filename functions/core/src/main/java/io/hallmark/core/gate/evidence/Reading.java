package io.hallmark.core.gate.evidence;

import java.math.BigDecimal;
import java.util.Optional;

/** One metric in a report: a number that can be used, or what is wrong with it. */
public sealed interface Reading {

    /**
     * A value, exactly as reported.
     *
     * @param standardError of the value, if the evaluator gave one
     * @param n examples behind it, if known
     */
    record Value(BigDecimal value, Optional<BigDecimal> standardError, Optional<Long> n) implements Reading {}

    /**
     * Something that is no usable number: text, not finite, out of the metric's range.
     *
     * @param code such as {@code METRIC_RANGE} or {@code METRIC_TYPE}
     */
    record Broken(String code, String reason) implements Reading {}
}
