package io.hallmark.local.workflow.asl;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import java.util.Optional;
import java.util.SplittableRandom;

/** The context object of a state, and what is derived from an execution's secret. */
final class Context {

    private Context() {}

    /** What paths of this state can see, with the whole of its raw input as data. */
    static Scope scope(Run run, State state, Optional<String> token) {
        Execution execution = run.execution();
        Json.Obj ofState = Json.object()
                .with("EnteredTime", Timestamps.text(run.enteredAt()))
                .with("Name", run.state());
        Json.Obj context = Json.object()
                .with(
                        "Execution",
                        Json.object()
                                .with("Id", execution.arn())
                                .with("Input", execution.input())
                                .with("Name", execution.name())
                                .with("StartTime", Timestamps.text(execution.startedAt())))
                .with("State", state instanceof State.Task ? ofState.with("RetryCount", run.retryCount()) : ofState)
                .with(
                        "StateMachine",
                        Json.object().with("Id", execution.machineArn()).with("Name", execution.machine()));
        return new Scope(
                run.input(),
                token.map(text -> context.with("Task", Json.object().with("Token", text)))
                        .orElse(context));
    }

    /** The token of an attempt: cannot be guessed without the secret, and is the same when a crash repeats the attempt. */
    static String token(Run run) {
        return Hashing.sha256(run.execution().secret() + "#token#" + run.attempt())
                .hex();
    }

    /** A number in [0, 1) for the jitter of the retry after this attempt. */
    static double chance(Run run) {
        return new SplittableRandom(run.execution().secret().hashCode() + 31L * run.attempt()).nextDouble();
    }
}
