package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** The real machines on a table in memory and a virtual clock: one episode of a simulation. */
final class Episode {

    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    /** The machines as they stand in the repository. */
    static final Machines MACHINES = machines();

    private final VirtualTime time = new VirtualTime(START);
    private final LocalFlows flows;

    Episode() {
        this(new MemoryTable(), 1);
    }

    Episode(Table table, long seed) {
        this.flows = new LocalFlows(table, MACHINES, time, new SplittableRandom(seed));
    }

    VirtualTime time() {
        return time;
    }

    LocalFlows flows() {
        return flows;
    }

    VirtualPlayer player(TaskInvoker functions) {
        return new VirtualPlayer(flows, functions, time);
    }

    /** Stops the execution that made this call. */
    void abort(Json.Obj call) {
        String arn = call.text("executionArn");
        for (Machine machine : Machine.values()) {
            String prefix = ":execution:" + machine.fileName() + ":";
            int at = arn.indexOf(prefix);
            if (at >= 0) {
                flows.stop(machine, arn.substring(at + prefix.length()), "Injected.Abort", "stopped by the plan");
            }
        }
    }

    /** The names of the states an execution entered, in order. */
    List<String> statesEntered(Machine machine, String name) {
        return flows.history(machine, name).stream()
                .filter(event -> event.text("type").endsWith("StateEntered"))
                .map(event -> event.text("name"))
                .toList();
    }

    Flows.Status status(Machine machine, String name) {
        return flows.describe(machine, name).orElseThrow().status();
    }

    /** Functions by action: payload in, {@code {decision, waitSeconds, reason}} out. */
    static TaskInvoker functions(BiFunction<String, Json.Obj, Json> byAction) {
        return (name, payload) -> {
            Json.Obj call = (Json.Obj) payload;
            return byAction.apply(call.text("action"), call);
        };
    }

    static Json.Obj answer(String decision, long waitSeconds) {
        return Json.object()
                .with("decision", decision)
                .with("waitSeconds", waitSeconds)
                .with("reason", "because");
    }

    private static Machines machines() {
        try {
            return Machines.load(
                    Path.of("../state-machines"),
                    Map.of("DecideFunctionArn", "decide", "TargetFunctionArn", "target", "HashFunctionArn", "hash"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
