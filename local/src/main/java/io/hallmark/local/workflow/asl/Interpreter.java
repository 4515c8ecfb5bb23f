package io.hallmark.local.workflow.asl;

import io.hallmark.core.store.Flows.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Plays machines, and touches nothing: what an event makes of an execution depends on the definition, on where the
 * execution stands, on the event and on the time, and on nothing else.
 */
public final class Interpreter {

    private Interpreter() {}

    /** When an execution that starts now times out. */
    public static Instant deadline(Definition definition, Instant now) {
        return now.plus(definition.timeout().orElse(Limits.TIMEOUT_DEFAULT));
    }

    /** A new execution, about to enter its first state. */
    public static Step start(Definition definition, Execution execution) {
        Journal journal = new Journal(0, execution.startedAt());
        journal.note("ExecutionStarted", Journal.payload("input", execution.input()));
        Run run = new Run(
                execution,
                definition.startAt(),
                execution.input(),
                execution.startedAt(),
                List.of(),
                0,
                journal.count(),
                new Phase.Entering());
        return new Step(run, journal.events(), Optional.empty());
    }

    /** What this event makes of the execution. An event that comes too late changes nothing. */
    public static Step step(Definition definition, Run run, Event event, Instant now) {
        return new Turn(definition, run, now).take(event);
    }

    /** Ends an execution that cannot go on for a reason outside the language. */
    public static Step fail(Definition definition, Run run, String cause, Instant now) {
        return new Turn(definition, run, now).fail(cause);
    }

    /**
     * The function to call for the attempt in flight, when nobody knows any more whether it was called: the same call
     * again, with the same token and the same deadline.
     */
    public static Optional<Invocation> inFlight(Definition definition, Run run) {
        boolean called = run.phase() instanceof Phase.Attempting attempting && !attempting.submitted();
        return called && definition.state(run.state()) instanceof State.Task task
                ? Optional.of(Tasks.invocation(run, task))
                : Optional.empty();
    }

    /** The status as the port names it. */
    public static Status status(Run run) {
        return run.end().map(Phase.Ended::status).orElse(Status.RUNNING);
    }
}
