package io.hallmark.local.workflow.asl;

import io.hallmark.core.store.Flows.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One step of one execution, while it is taken. */
final class Turn implements Event.Cases<Run> {

    private final Definition definition;
    private final Run run;
    private final Instant now;
    private final Journal journal;
    private final Transitions transitions;

    Turn(Definition definition, Run run, Instant now) {
        this.definition = definition;
        this.run = run;
        this.now = now;
        this.journal = new Journal(run.events(), now);
        this.transitions = new Transitions(definition, now, journal);
    }

    Step take(Event event) {
        if (run.end().isPresent()) {
            return new Step(run, List.of(), Optional.empty());
        }
        if (!now.isBefore(run.execution().deadline()) && !(event instanceof Event.Stopped)) {
            return step(transitions.end(run, Status.TIMED_OUT, AslError.TIMEOUT, ""));
        }
        try {
            return step(transitions.onward(event.match(this)));
        } catch (AslError uncaught) {
            return step(transitions.failed(run, uncaught));
        }
    }

    Step fail(String cause) {
        return step(transitions.end(run, Status.FAILED, AslError.RUNTIME, cause));
    }

    private Step step(Run next) {
        return new Step(
                next.with(journal.count()),
                journal.events(),
                transitions.invocations().stream().findFirst());
    }

    @Override
    public Run due(Event.Due event) {
        if (run.due().filter(due -> !due.isAfter(now)).isEmpty()) {
            return run;
        }
        return run.phase().match(new Phase.Cases<>() {
            @Override
            public Run entering(Phase.Entering phase) {
                return run;
            }

            @Override
            public Run waiting(Phase.Waiting phase) {
                State.Wait state = (State.Wait) definition.state(run.state());
                return transitions.leaveWait(run, state);
            }

            @Override
            public Run attempting(Phase.Attempting phase) {
                journal.note("TaskTimedOut", Journal.error(AslError.TIMEOUT, ""));
                return transitions.recover(run, transitions.work(run), new AslError(AslError.TIMEOUT, ""));
            }

            @Override
            public Run backingOff(Phase.BackingOff phase) {
                return transitions.attempt(run, transitions.work(run));
            }

            @Override
            public Run mapping(Phase.Mapping phase) {
                return run;
            }

            @Override
            public Run ended(Phase.Ended phase) {
                return run;
            }
        });
    }

    @Override
    public Run returned(Event.Returned event) {
        Optional<Phase.Attempting> current = called(event.attempt());
        if (current.isEmpty()) {
            return run;
        }
        Phase.Attempting phase = current.get();
        if (phase.token().isEmpty()) {
            return transitions.succeeded(run, Tasks.envelope(event.result()));
        }
        journal.note("TaskSubmitted", Journal.payload("output", event.result()));
        return run.at(new Phase.Attempting(phase.token(), true, phase.deadline(), phase.heartbeat()));
    }

    @Override
    public Run failed(Event.Failed event) {
        return called(event.attempt()).isPresent()
                ? transitions.taskFailed(run, new AslError(event.error(), event.cause()))
                : run;
    }

    @Override
    public Run tokenSucceeded(Event.TokenSucceeded event) {
        return run.waitsFor(event.token()) ? transitions.succeeded(run, event.output()) : run;
    }

    @Override
    public Run tokenFailed(Event.TokenFailed event) {
        return run.waitsFor(event.token())
                ? transitions.taskFailed(run, new AslError(event.error(), event.cause()))
                : run;
    }

    @Override
    public Run heartbeat(Event.Heartbeat event) {
        if (!run.waitsFor(event.token()) || !(run.phase() instanceof Phase.Attempting phase)) {
            return run;
        }
        Optional<Instant> next = transitions.task(run).heartbeat().map(now::plus);
        return run.at(new Phase.Attempting(phase.token(), phase.submitted(), phase.deadline(), next));
    }

    @Override
    public Run mapped(Event.Mapped event) {
        return run.maps(event.attempt()) ? transitions.mapped(run, event.results()) : run;
    }

    @Override
    public Run mapFailed(Event.MapFailed event) {
        return run.maps(event.attempt()) ? transitions.mapFailed(run, new AslError(event.error(), event.cause())) : run;
    }

    @Override
    public Run stopped(Event.Stopped event) {
        return transitions.end(run, Status.ABORTED, event.error(), event.cause());
    }

    /** The phase of the attempt whose function is still out, if it is this attempt. */
    private Optional<Phase.Attempting> called(long attempt) {
        return run.attempt() == attempt && run.phase() instanceof Phase.Attempting phase && !phase.submitted()
                ? Optional.of(phase)
                : Optional.empty();
    }
}
