package io.hallmark.core.gate;

/** What a check found. Only {@code PASS} speaks for the version. */
public enum Verdict {
    PASS,
    /** The evidence shows that the rule does not hold. */
    FAIL,
    /** The evidence cannot show whether the rule holds. */
    INCONCLUSIVE,
    /** Candidate and baseline were not measured on the same thing. */
    INCOMPARABLE,
    /** What the rule needs is missing or broken. */
    ERROR,
    /** The rule does not concern this version, for the reason it gives. */
    SKIPPED
}
