package io.hallmark.core.gate;

/** What a decision says about a version. Only {@code PASSED}, or {@code NEEDS_REVIEW} with a review, lets it go on. */
public enum DecisionVerdict {
    PASSED,
    /** Nothing speaks against the version, and something that should speak for it is not shown. A person may accept that. */
    NEEDS_REVIEW,
    REJECTED,
    /** No blocking rule applied: nothing was shown at all. */
    NO_DECISION,
    /** Baseline, evidence, bytes or policy moved since the decision was made; it has to be made again. */
    STALE
}
