package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.local.workflow.asl.Definition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** One execution of a machine written in a test, played to its end on a virtual clock. */
final class Played {

    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final VirtualTime time = new VirtualTime(START);
    private final List<Duration> callsAt = new ArrayList<>();
    private final List<Json> payloads = new ArrayList<>();
    private final LocalFlows flows;

    private Played(String machine, String input, TaskInvoker functions) {
        Definition definition = Definition.read(json(machine), Map.of());
        flows = new LocalFlows(
                new MemoryTable(),
                new Machines(Map.of(
                        Machine.PROMOTION, definition,
                        Machine.ROLLBACK, definition,
                        Machine.HASH_LARGE, definition)),
                time,
                new SplittableRandom(1));
        flows.start(Machine.PROMOTION, "one", (Json.Obj) json(input));
        TaskInvoker noting = (name, payload) -> {
            callsAt.add(Duration.between(START, time.instant()));
            payloads.add(payload);
            return functions.invoke(name, payload);
        };
        new VirtualPlayer(flows, noting, time).runUntilIdle();
    }

    /** Plays a machine, written with single quotes for double ones. */
    static Played machine(String machine, String input, TaskInvoker functions) {
        return new Played(machine, input, functions);
    }

    /** Plays a machine of one state called S, and states called Next and Caught that hand on their input. */
    static Played state(String state, String input, TaskInvoker functions) {
        String machine = "{'StartAt':'S','States':{'S':" + state
                + ",'Next':{'Type':'Pass','End':true},'Caught':{'Type':'Pass','End':true}}}";
        return new Played(machine, input, functions);
    }

    static Played state(String state, String input) {
        return state(state, input, (name, payload) -> payload);
    }

    static Json json(String text) {
        return StrictJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    Flows.Execution execution() {
        return flows.describe(Machine.PROMOTION, "one").orElseThrow();
    }

    Flows.Status status() {
        return execution().status();
    }

    String error() {
        return execution().error().orElse("");
    }

    String endedIn() {
        return execution().state().orElseThrow();
    }

    Json output() {
        return flows.output(Machine.PROMOTION, "one").orElseThrow();
    }

    List<Json.Obj> history() {
        return flows.history(Machine.PROMOTION, "one");
    }

    List<String> eventTypes() {
        return history().stream().map(event -> event.text("type")).toList();
    }

    /** When functions were called, from the start. */
    List<Duration> callsAt() {
        return callsAt;
    }

    Json payload(int call) {
        return payloads.get(call);
    }

    Duration took() {
        return Duration.between(START, time.instant());
    }

    Optional<Flows.Execution> found() {
        return flows.describe(Machine.PROMOTION, "one");
    }
}
