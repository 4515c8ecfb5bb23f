package io.hallmark.handlers.wiring;

/** What a function on AWS gets into its hands. What it does not get is never loaded, and refuses by name. */
enum Reach {
    /** Table and buckets. */
    STORES,
    /** Also executions, to answer and to stop them. */
    MACHINES,
    /** Also the bus, to deliver what stands in the outbox. */
    EVERYTHING
}
