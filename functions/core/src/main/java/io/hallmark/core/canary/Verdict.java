package io.hallmark.core.canary;

/** What a guardrail says. */
public enum Verdict {
    /** The evidence shows that the candidate is within the limit. */
    PASS,
    /** The evidence shows harm. */
    FAIL,
    /** The evidence shows neither yet. */
    CONTINUE,
    /** There is too little of it. */
    INSUFFICIENT,
    /** It stays away, is stale or void. */
    ERROR
}
