package io.hallmark.local.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Flows that can be out of reach. */
final class SwitchableFlows implements Flows {

    private final Flows flows;
    private final AtomicBoolean down = new AtomicBoolean();

    SwitchableFlows(Flows flows) {
        this.flows = flows;
    }

    void down(boolean isDown) {
        down.set(isDown);
    }

    private Flows reach() {
        if (down.get()) {
            throw new RegistryFailure.Unavailable("no state machine can be reached", Duration.ofSeconds(1));
        }
        return flows;
    }

    @Override
    public Started start(Machine machine, String name, Json.Obj input) {
        return reach().start(machine, name, input);
    }

    @Override
    public TokenAnswer sendTaskSuccess(String taskToken, Json output) {
        return reach().sendTaskSuccess(taskToken, output);
    }

    @Override
    public TokenAnswer sendTaskFailure(String taskToken, String error, String cause) {
        return reach().sendTaskFailure(taskToken, error, cause);
    }

    @Override
    public void stop(Machine machine, String name, String error, String cause) {
        reach().stop(machine, name, error, cause);
    }

    @Override
    public Optional<Execution> describe(Machine machine, String name) {
        return reach().describe(machine, name);
    }
}
