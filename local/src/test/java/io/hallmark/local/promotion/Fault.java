package io.hallmark.local.promotion;

/** What may happen to one call of a function. */
enum Fault {
    /** The function cannot be called. */
    BEFORE,
    /** It does its work, and its answer is lost. */
    AFTER,
    /** This state cannot be called any more until the outage ends. */
    DOWN,
    /** The execution is stopped before the call. */
    ABORT_BEFORE,
    /** The execution is stopped after the call. */
    ABORT_AFTER,
    /** What the call asks of the target lands half a minute later; the caller has given up by then. */
    DELAYED,
    /** The whole call runs half a minute later; the caller has given up by then. */
    ZOMBIE,
    /** A person cancels just before the call. */
    CANCEL,
    /** A person cancels, and the call runs minutes later. */
    CANCEL_ZOMBIE,
    /** The call happens twice. */
    DOUBLE
}
