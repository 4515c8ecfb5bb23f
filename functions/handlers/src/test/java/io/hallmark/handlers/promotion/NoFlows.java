package io.hallmark.handlers.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** State machines that are started and never move. */
public final class NoFlows implements Flows {

    private final List<String> started = new ArrayList<>();

    public List<String> started() {
        return started;
    }

    @Override
    public Started start(Machine machine, String name, Json.Obj input) {
        started.add(name);
        return Started.STARTED;
    }

    @Override
    public TokenAnswer sendTaskSuccess(String taskToken, Json output) {
        return TokenAnswer.UNKNOWN;
    }

    @Override
    public TokenAnswer sendTaskFailure(String taskToken, String error, String cause) {
        return TokenAnswer.UNKNOWN;
    }

    @Override
    public void stop(Machine machine, String name, String error, String cause) {
        started.remove(name);
    }

    @Override
    public Optional<Execution> describe(Machine machine, String name) {
        return started.contains(name)
                ? Optional.of(
                        new Execution(machine, name, Status.RUNNING, Json.object(), Optional.empty(), Optional.empty()))
                : Optional.empty();
    }
}
