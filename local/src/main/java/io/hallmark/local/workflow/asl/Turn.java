package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One step of one execution, while it is taken. */
final class Turn implements Event.Cases<Run> {

    /** A step enters no more states than this, so that what it stores stays small; the next step goes on at once. */
    private static final int STATES_MAX = 40;

    private static final Duration WAIT_MAX = Duration.ofSeconds(Integer.MAX_VALUE);

    private final Definition definition;
    private final Run run;
    private final Instant now;
    private final Journal journal;
    private final List<Invocation> invocations = new ArrayList<>();

    Turn(Definition definition, Run run, Instant now) {
        this.definition = definition;
        this.run = run;
        this.now = now;
        this.journal = new Journal(run.events(), now);
    }

    Step take(Event event) {
        if (run.end().isPresent()) {
            return new Step(run, List.of(), Optional.empty());
        }
        Run next;
        try {
            boolean timedOut = !now.isBefore(run.execution().deadline());
            next = timedOut && !(event instanceof Event.Stopped)
                    ? end(run, Status.TIMED_OUT, AslError.TIMEOUT, "")
                    : onward(event.match(this));
        } catch (AslError uncaught) {
            invocations.clear();
            next = end(run, Status.FAILED, uncaught.name(), uncaught.sentence());
        }
        return step(next);
    }

    Step fail(String cause) {
        return step(end(run, Status.FAILED, AslError.RUNTIME, cause));
    }

    private Step step(Run next) {
        return new Step(
                next.with(journal.count()),
                journal.events(),
                invocations.stream().findFirst());
    }

    // Events

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
                return leaveWait(run, state);
            }

            @Override
            public Run attempting(Phase.Attempting phase) {
                journal.note("TaskTimedOut", Journal.error(AslError.TIMEOUT, ""));
                return recover(run, task(run), new AslError(AslError.TIMEOUT, ""));
            }

            @Override
            public Run backingOff(Phase.BackingOff phase) {
                return attempt(run, task(run));
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
            return succeeded(Tasks.envelope(event.result()));
        }
        journal.note("TaskSubmitted", Journal.payload("output", event.result()));
        return run.at(new Phase.Attempting(phase.token(), true, phase.deadline(), phase.heartbeat()));
    }

    @Override
    public Run failed(Event.Failed event) {
        return called(event.attempt()).isPresent() ? taskFailed(new AslError(event.error(), event.cause())) : run;
    }

    @Override
    public Run tokenSucceeded(Event.TokenSucceeded event) {
        return run.waitsFor(event.token()) ? succeeded(event.output()) : run;
    }

    @Override
    public Run tokenFailed(Event.TokenFailed event) {
        return run.waitsFor(event.token()) ? taskFailed(new AslError(event.error(), event.cause())) : run;
    }

    @Override
    public Run heartbeat(Event.Heartbeat event) {
        if (!run.waitsFor(event.token()) || !(run.phase() instanceof Phase.Attempting phase)) {
            return run;
        }
        Optional<Instant> next = task(run).heartbeat().map(now::plus);
        return run.at(new Phase.Attempting(phase.token(), phase.submitted(), phase.deadline(), next));
    }

    @Override
    public Run stopped(Event.Stopped event) {
        return end(run, Status.ABORTED, event.error(), event.cause());
    }

    // States

    private Run onward(Run from) {
        Run at = from;
        for (int states = 0; states < STATES_MAX && at.phase() instanceof Phase.Entering; states++) {
            at = enter(at);
        }
        return at;
    }

    private Run enter(Run at) {
        State state = definition.state(at.state());
        journal.note(state.type() + "StateEntered", Journal.state(at.state(), "input", at.input()));
        if (state instanceof State.Task task) {
            return attempt(at, task);
        }
        if (state instanceof State.Wait wait) {
            Instant until = until(at, wait);
            return until.isAfter(now) ? at.at(new Phase.Waiting(until)) : leaveWait(at, wait);
        }
        if (state instanceof State.Fail fail) {
            return end(at, Status.FAILED, fail.error().orElse(""), fail.cause().orElse(""));
        }
        Scope scope = Context.scope(at, state, Optional.empty());
        if (state instanceof State.Choice choice) {
            Scope seen = scope.over(Tasks.input(choice.io(), scope));
            return leave(at, state, Tasks.output(choice.io(), seen), new State.Then(Optional.of(pick(choice, seen))));
        }
        if (state instanceof State.Pass pass) {
            return leave(at, state, passed(at, pass, scope), pass.then());
        }
        State.Succeed succeed = (State.Succeed) state;
        Json output = Tasks.output(succeed.io(), scope.over(Tasks.input(succeed.io(), scope)));
        return leave(at, state, output, new State.Then(Optional.empty()));
    }

    private static String pick(State.Choice choice, Scope scope) {
        for (State.Choice.Branch branch : choice.branches()) {
            if (branch.rule().holds(scope)) {
                return branch.next();
            }
        }
        return choice.otherwise()
                .orElseThrow(() -> new AslError(
                        AslError.NO_CHOICE, "No rule of the choice state holds, and it has no default transition."));
    }

    private static Json passed(Run at, State.Pass pass, Scope scope) {
        Scope seen = scope.over(Tasks.input(pass.io(), scope));
        Json filled = pass.parameters().map(template -> template.fill(seen)).orElse(seen.data());
        Json placed = pass.resultPlace().put(at.input(), pass.result().orElse(filled));
        return Tasks.output(pass.io(), scope.over(placed));
    }

    private Instant until(Run at, State.Wait wait) {
        Scope scope = Context.scope(at, wait, Optional.empty());
        Scope seen = scope.over(Tasks.input(wait.io(), scope));
        State.Wait.Until until = wait.until();
        if (until.seconds().isPresent()) {
            return now.plus(Tasks.seconds(until.seconds().get(), seen, "SecondsPath", 0));
        }
        Instant moment = until.timestamp()
                .orElseGet(() -> timestamp(until.timestampPath().orElseThrow(), seen));
        if (moment.isAfter(now.plus(WAIT_MAX))) {
            throw AslError.runtime("Wait state delay is too long.");
        }
        return moment;
    }

    private static Instant timestamp(Path path, Scope scope) {
        return path.find(scope)
                .flatMap(found -> found instanceof Json.Text text ? Timestamps.parse(text.value()) : Optional.empty())
                .orElseThrow(() -> AslError.runtime("The TimestampPath parameter does not reference a valid ISO-8601"
                        + " extended offset date-time format string: " + path.text()));
    }

    private Run leaveWait(Run at, State.Wait wait) {
        Scope scope = Context.scope(at, wait, Optional.empty());
        return leave(at, wait, Tasks.output(wait.io(), scope.over(Tasks.input(wait.io(), scope))), wait.then());
    }

    private Run leave(Run at, State state, Json output, State.Then then) {
        if (Limits.exceeded(output)) {
            throw new AslError(
                    AslError.DATA_LIMIT,
                    "The state " + at.state() + " returned an output larger than " + Limits.PAYLOAD_BYTES_MAX
                            + " bytes.");
        }
        journal.note(state.type() + "StateExited", Journal.state(at.state(), "output", output));
        if (then.next().isPresent()) {
            return at.toward(then.next().get(), output, now);
        }
        journal.noteEnd("ExecutionSucceeded", Journal.payload("output", output));
        Phase ended = new Phase.Ended(Status.SUCCEEDED, now, Optional.of(output), Optional.empty(), Optional.empty());
        return at.at(ended);
    }

    // Tasks

    private Run attempt(Run at, State.Task task) {
        Run next = at.nextAttempt();
        try {
            Invocation invocation = Tasks.invocation(next, task);
            Run attempting = next.at(Tasks.attempting(next, task, now));
            journal.note("TaskScheduled", Journal.payload("parameters", invocation.payload()));
            journal.note("TaskStarted", Json.object());
            invocations.add(invocation);
            return attempting;
        } catch (AslError error) {
            return recover(next, task, error);
        }
    }

    private Run succeeded(Json result) {
        State.Task task = task(run);
        if (Limits.exceeded(result)) {
            return taskFailed(new AslError(
                    AslError.DATA_LIMIT,
                    "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes"
                            + " service limit."));
        }
        journal.note("TaskSucceeded", Journal.payload("output", result));
        try {
            return leave(run, task, Tasks.output(run, task, result), task.then());
        } catch (AslError error) {
            return recover(run, task, error);
        }
    }

    private Run taskFailed(AslError error) {
        journal.note("TaskFailed", Journal.error(error.name(), error.sentence()));
        return recover(run, task(run), error);
    }

    /** The first retrier that answers to the error decides on retries; when it has none left, the first catcher. */
    private Run recover(Run at, State.Task task, AslError error) {
        for (int i = 0; i < task.retriers().size(); i++) {
            Retrier retrier = task.retriers().get(i);
            if (ErrorNames.match(retrier.errors(), error.name())) {
                if (at.retriesOf(i) < retrier.maxAttempts()) {
                    Duration delay = retrier.delay(at.retriesOf(i), Context.chance(at));
                    return at.retried(i, new Phase.BackingOff(now.plus(delay)));
                }
                break;
            }
        }
        for (Catcher catcher : task.catchers()) {
            if (ErrorNames.match(catcher.errors(), error.name())) {
                Json description = Json.object().with("Error", error.name()).with("Cause", error.sentence());
                Json output = catcher.place().put(at.input(), description);
                return leave(at, task, output, new State.Then(Optional.of(catcher.next())));
            }
        }
        return end(at, Status.FAILED, error.name(), error.sentence());
    }

    private Run end(Run at, Status status, String error, String cause) {
        String type = status == Status.TIMED_OUT
                ? "ExecutionTimedOut"
                : status == Status.ABORTED ? "ExecutionAborted" : "ExecutionFailed";
        journal.noteEnd(type, Journal.error(error, cause));
        return at.at(new Phase.Ended(status, now, Optional.empty(), named(error), named(cause)));
    }

    private static Optional<String> named(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private State.Task task(Run at) {
        return (State.Task) definition.state(at.state());
    }

    /** The phase of the attempt whose function is still out, if it is this attempt. */
    private Optional<Phase.Attempting> called(long attempt) {
        return run.attempt() == attempt && run.phase() instanceof Phase.Attempting phase && !phase.submitted()
                ? Optional.of(phase)
                : Optional.empty();
    }
}
