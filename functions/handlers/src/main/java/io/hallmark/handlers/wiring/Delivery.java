package io.hallmark.handlers.wiring;

/** Who delivers the messages that a commit leaves in the outbox. */
public enum Delivery {
    /** Whoever committed, right after it. */
    AT_ONCE,
    /** Somebody else, woken by the table's stream; whoever committed needs no access to machines and bus for it. */
    BY_STREAM
}
