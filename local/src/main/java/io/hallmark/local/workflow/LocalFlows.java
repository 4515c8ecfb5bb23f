package io.hallmark.local.workflow;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Table;
import io.hallmark.local.workflow.asl.Event;
import io.hallmark.local.workflow.asl.Execution.MapItem;
import io.hallmark.local.workflow.asl.Interpreter;
import io.hallmark.local.workflow.asl.Limits;
import io.hallmark.local.workflow.asl.Run;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The workflow port on one machine. Executions live in the table; nothing is played until a driver plays it: {@link
 * RealTimePlayer} by the clock on the wall, {@link VirtualPlayer} by a clock that jumps.
 */
public final class LocalFlows implements Flows {

    private final Player player;

    /**
     * Takes over the executions in this table: those that run go on where they were, those of a player that still has
     * the table open are its own no longer.
     *
     * @param random the source of task tokens; not to be guessed where strangers can reach the registry
     */
    public LocalFlows(Table table, Machines machines, InstantSource clock, RandomGenerator random) {
        this.player = new Player(table, machines, clock, random);
    }

    @Override
    public Started start(Machine machine, String name, Json.Obj input) {
        return player.start(machine, name, input);
    }

    @Override
    public TokenAnswer sendTaskSuccess(String taskToken, Json output) {
        if (Limits.bytes(output) > Limits.PAYLOAD_BYTES_MAX) {
            throw new RegistryFailure.TooLarge(
                    "TASK_OUTPUT_TOO_LARGE",
                    "an output of " + Limits.bytes(output) + " bytes; at most " + Limits.PAYLOAD_BYTES_MAX);
        }
        return player.answer(taskToken, new Event.TokenSucceeded(taskToken, output));
    }

    @Override
    public TokenAnswer sendTaskFailure(String taskToken, String error, String cause) {
        return player.answer(taskToken, new Event.TokenFailed(taskToken, error, cause));
    }

    /** Says that the holder of a token is alive: its next sign of life is due a heartbeat interval from now. */
    public TokenAnswer sendTaskHeartbeat(String taskToken) {
        return player.answer(taskToken, new Event.Heartbeat(taskToken));
    }

    @Override
    public void stop(Machine machine, String name, String error, String cause) {
        player.stop(machine, name, error, cause);
    }

    @Override
    public Optional<Execution> describe(Machine machine, String name) {
        return player.describe(machine, name);
    }

    /** The output of an execution that succeeded. */
    public Optional<Json> output(Machine machine, String name) {
        return player.store()
                .load(new ExecutionId(machine, name))
                .flatMap(stored -> stored.run().end())
                .flatMap(end -> end.output());
    }

    /**
     * What happened in an execution, in order, with the event types of AWS ({@code TaskStateEntered}, {@code TaskFailed}
     * …) and payloads of up to 2 KiB; of larger ones, how large they are.
     */
    public List<Json.Obj> history(Machine machine, String name) {
        return player.store().history(new ExecutionId(machine, name));
    }

    /** The executions of the items of the Map Runs of an execution, in the order in which they were started. */
    public List<ItemExecution> items(Machine machine, String name) {
        return player.store().items(new ExecutionId(machine, name)).stream()
                .flatMap(id -> player.store().load(id).stream().map(stored -> item(id, stored.run())))
                .toList();
    }

    private static ItemExecution item(ExecutionId id, Run run) {
        MapItem place = run.execution().item().orElseThrow();
        return new ItemExecution(
                id.machine(),
                id.label(),
                id.name(),
                place.mapRun(),
                place.index(),
                Interpreter.status(run),
                run.execution().input(),
                run.end().flatMap(end -> end.output()),
                run.end().flatMap(end -> end.error()));
    }

    /** What happened in the execution of an item. */
    public List<Json.Obj> history(ItemExecution item) {
        return player.store().history(new ExecutionId(item.machine(), item.label(), item.name()));
    }

    Player player() {
        return player;
    }
}
