package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways from state to state at one moment, noted in the journal as they are taken. */
final class Transitions {

    /** A step enters no more states than this, so that what it stores stays small; the next step goes on at once. */
    private static final int STATES_MAX = 40;

    private static final Duration WAIT_MAX = Duration.ofSeconds(Integer.MAX_VALUE);

    private final Definition definition;
    private final Instant now;
    private final Journal journal;
    private final List<Invocation> invocations = new ArrayList<>();

    Transitions(Definition definition, Instant now, Journal journal) {
        this.definition = definition;
        this.now = now;
        this.journal = journal;
    }

    /** The calls that the transitions so far ask for. */
    List<Invocation> invocations() {
        return invocations;
    }

    State.Task task(Run at) {
        return (State.Task) definition.state(at.state());
    }

    State.Work work(Run at) {
        return (State.Work) definition.state(at.state());
    }

    Run onward(Run from) {
        Run at = from;
        for (int states = 0; states < STATES_MAX && at.phase() instanceof Phase.Entering; states++) {
            try {
                at = enter(at);
            } catch (AslError uncaught) {
                return failed(at, uncaught);
            }
        }
        return at;
    }

    /** Ends with an error that nothing answered to. */
    Run failed(Run at, AslError error) {
        invocations.clear();
        return end(at, Status.FAILED, error.name(), error.sentence());
    }

    private Run enter(Run at) {
        State state = definition.state(at.state());
        journal.note(state.type() + "StateEntered", Journal.state(at.state(), "input", at.input()));
        if (state instanceof State.Work work) {
            return attempt(at, work);
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

    Run leaveWait(Run at, State.Wait wait) {
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

    Run attempt(Run at, State.Work work) {
        Run next = at.nextAttempt();
        try {
            return work instanceof State.Map map ? fanOut(next, map) : call(next, (State.Task) work);
        } catch (AslError error) {
            return recover(next, work, error);
        }
    }

    private Run call(Run next, State.Task task) {
        Invocation invocation = Tasks.invocation(next, task);
        Run attempting = next.at(Tasks.attempting(next, task, now));
        journal.note("TaskScheduled", Journal.payload("parameters", invocation.payload()));
        journal.note("TaskStarted", Json.object());
        invocations.add(invocation);
        return attempting;
    }

    private Run fanOut(Run next, State.Map map) {
        long length = MapItems.of(next, map).requireAll().size();
        journal.note("MapStateStarted", Json.object().with("length", length));
        journal.note("MapRunStarted", Json.object().with("mapRunArn", MapItems.arn(next, map)));
        return next.at(new Phase.Mapping());
    }

    Run mapped(Run run, Json results) {
        State.Map map = (State.Map) work(run);
        journal.note("MapRunSucceeded", Json.object());
        journal.note("MapStateSucceeded", Json.object());
        try {
            return leave(run, map, Tasks.output(run, map, results), map.then());
        } catch (AslError error) {
            return recover(run, map, error);
        }
    }

    Run mapFailed(Run run, AslError error) {
        journal.note("MapRunFailed", Journal.error(error.name(), error.sentence()));
        return recover(run, work(run), error);
    }

    Run succeeded(Run run, Json result) {
        State.Task task = task(run);
        if (Limits.exceeded(result)) {
            return taskFailed(
                    run,
                    new AslError(
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

    Run taskFailed(Run run, AslError error) {
        journal.note("TaskFailed", Journal.error(error.name(), error.sentence()));
        return recover(run, task(run), error);
    }

    /** The first retrier that answers to the error decides on retries; when it has none left, the first catcher. */
    Run recover(Run at, State.Work work, AslError error) {
        for (int i = 0; i < work.retriers().size(); i++) {
            Retrier retrier = work.retriers().get(i);
            if (ErrorNames.match(retrier.errors(), error.name())) {
                if (at.retriesOf(i) < retrier.maxAttempts()) {
                    Duration delay = retrier.delay(at.retriesOf(i), Context.chance(at));
                    return at.retried(i, new Phase.BackingOff(now.plus(delay)));
                }
                break;
            }
        }
        if (work instanceof State.Map) {
            journal.note("MapStateFailed", Json.object());
        }
        for (Catcher catcher : work.catchers()) {
            if (ErrorNames.match(catcher.errors(), error.name())) {
                Json description = Json.object().with("Error", error.name()).with("Cause", error.sentence());
                Json output = catcher.place().put(at.input(), description);
                return leave(at, work, output, new State.Then(Optional.of(catcher.next())));
            }
        }
        return failed(at, error);
    }

    Run end(Run at, Status status, String error, String cause) {
        String type = status == Status.TIMED_OUT
                ? "ExecutionTimedOut"
                : status == Status.ABORTED ? "ExecutionAborted" : "ExecutionFailed";
        if (at.phase() instanceof Phase.Mapping && status != Status.FAILED) {
            journal.noteEnd("MapRunAborted", Json.object());
        }
        journal.noteEnd(type, Journal.error(error, cause));
        return at.at(new Phase.Ended(status, now, Optional.empty(), named(error), named(cause)));
    }

    private static Optional<String> named(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
