package io.hallmark.local.workflow.asl;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The context object of a state, made when a path asks for it. */
record Context(Run run, boolean ofWork, Optional<String> token, Optional<Json.Obj> item) {

    /** What paths of this state can see, with the whole of its raw input as data. */
    static Scope scope(Run run, State state, Optional<String> token) {
        return new Scope(run.input(), new Context(run, state instanceof State.Work, token, Optional.empty()));
    }

    /** This, with {@code $$.Map.Item}. */
    Context with(int index, Json value) {
        return new Context(
                run,
                ofWork,
                token,
                Optional.of(Json.object().with("Index", index).with("Value", value)));
    }

    Json.Obj object() {
        Execution execution = run.execution();
        Map<String, Json> state = new LinkedHashMap<>();
        state.put("EnteredTime", Json.of(Timestamps.text(run.enteredAt())));
        state.put("Name", Json.of(run.state()));
        if (ofWork) {
            state.put("RetryCount", Json.of(run.retryCount()));
        }
        Map<String, Json> context = new LinkedHashMap<>();
        context.put("Execution", execution.context());
        context.put("State", new Json.Obj(state));
        context.put(
                "StateMachine", Json.object().with("Id", execution.machineArn()).with("Name", execution.machine()));
        item.ifPresent(given -> context.put("Map", Json.object().with("Item", given)));
        token.ifPresent(text -> context.put("Task", Json.object().with("Token", text)));
        return new Json.Obj(context);
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
