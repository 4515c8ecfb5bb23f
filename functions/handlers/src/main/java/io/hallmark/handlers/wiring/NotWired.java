package io.hallmark.handlers.wiring;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Bus;
import io.hallmark.core.store.Flows;
import java.util.Optional;

/** The machines and the bus of a function that was given neither: a call is a mistake of ours and says so. */
final class NotWired implements Flows, Bus {

    @Override
    public Started start(Machine machine, String name, Json.Obj input) {
        throw refused("start an execution of " + machine.fileName());
    }

    @Override
    public TokenAnswer sendTaskSuccess(String taskToken, Json output) {
        throw refused("answer a task");
    }

    @Override
    public TokenAnswer sendTaskFailure(String taskToken, String error, String cause) {
        throw refused("fail a task");
    }

    @Override
    public void stop(Machine machine, String name, String error, String cause) {
        throw refused("stop an execution of " + machine.fileName());
    }

    @Override
    public Optional<Execution> describe(Machine machine, String name) {
        throw refused("look at an execution of " + machine.fileName());
    }

    @Override
    public void publish(DomainEvent event) {
        throw refused("publish " + event.type());
    }

    private static IllegalStateException refused(String deed) {
        return new IllegalStateException("this function is not wired to " + deed + "; see AwsPlace");
    }
}
