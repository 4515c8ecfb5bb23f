package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Status;
import io.hallmark.local.workflow.asl.Event;
import io.hallmark.local.workflow.asl.Limits;
import io.hallmark.local.workflow.asl.MapItems;
import io.hallmark.local.workflow.asl.Phase;
import io.hallmark.local.workflow.asl.Run;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Map Runs that are at work. Keeps as many executions of items running as the Map state allows, in the order of the
 * items, and tells the parent when all have succeeded or one has not. What is counted here can be counted again from the
 * table at any time: the name of an item's execution follows from its parent, the run and its place.
 */
final class MapRuns {

    /** Executions started before anything else gets its turn. */
    private static final int STARTS_MAX = 10;

    /** Executions that run here, those of items included; beyond it those of items wait. */
    private static final int PLAYING_MAX = 2 * Player.RUNNING_MAX;

    private static final Duration FULL = Duration.ofSeconds(1);

    private final FlowStore store;
    private final Stage stage;
    private final InstantSource clock;
    private final Map<ExecutionId, Tally> tallies = new HashMap<>();

    MapRuns(FlowStore store, Stage stage, InstantSource clock) {
        this.store = store;
        this.stage = stage;
        this.clock = clock;
    }

    /** How far a Map Run has come. */
    private static final class Tally {

        private final long mapRun;
        private final TreeMap<Integer, ExecutionId> running = new TreeMap<>();
        private final TreeMap<Integer, String> failures = new TreeMap<>();
        private final List<ExecutionId> started = new ArrayList<>();

        Tally(long mapRun) {
            this.mapRun = mapRun;
        }
    }

    /** Goes on with the Map Run of this execution, if it is in one. */
    void advance(ExecutionId parent) {
        Optional<Stage.Playing> mapping =
                stage.current(parent).filter(playing -> playing.run().phase() instanceof Phase.Mapping);
        if (mapping.isEmpty()) {
            tallies.remove(parent);
            return;
        }
        Run run = mapping.get().run();
        MapItems items = MapItems.of(mapping.get().definition(), run);
        Tally tally = tally(parent, run.attempt());
        count(tally);
        start(parent, mapping.get(), items, tally);
        if (!tally.failures.isEmpty()) {
            stopRunning(tally);
            var first = tally.failures.firstEntry();
            stage.take(parent, mapping.get(), MapItems.failed(tally.mapRun, first.getKey(), first.getValue()));
        } else if (tally.running.isEmpty() && tally.started.size() == items.size()) {
            stage.take(parent, mapping.get(), MapItems.gathered(tally.mapRun, outputs(tally)));
        }
    }

    private Tally tally(ExecutionId parent, long mapRun) {
        Tally known = tallies.get(parent);
        if (known != null && known.mapRun == mapRun) {
            return known;
        }
        Tally read = new Tally(mapRun);
        store.items(parent, mapRun).forEach(id -> note(read, id));
        tallies.put(parent, read);
        return read;
    }

    private static void note(Tally tally, ExecutionId id) {
        tally.running.put(tally.started.size(), id);
        tally.started.add(id);
    }

    /** Takes what has ended off what runs. */
    private void count(Tally tally) {
        Iterator<Map.Entry<Integer, ExecutionId>> running =
                tally.running.entrySet().iterator();
        while (running.hasNext()) {
            Map.Entry<Integer, ExecutionId> entry = running.next();
            if (stage.current(entry.getValue()).isEmpty()) {
                Phase.Ended end = end(entry.getValue());
                if (end.status() != Status.SUCCEEDED) {
                    tally.failures.put(
                            entry.getKey(),
                            end.status() + end.error().map(name -> " " + name).orElse(""));
                }
                running.remove();
            }
        }
    }

    private void start(ExecutionId parent, Stage.Playing mapping, MapItems items, Tally tally) {
        for (int starts = 0; canStart(items, tally); starts++) {
            if (starts == STARTS_MAX || stage.size() >= PLAYING_MAX) {
                Duration pause = starts == STARTS_MAX ? Duration.ZERO : FULL;
                stage.agenda().put(parent, clock.instant().plus(pause));
                return;
            }
            note(tally, stage.insertItem(parent, mapping, items, tally.started.size()));
        }
    }

    private static boolean canStart(MapItems items, Tally tally) {
        return tally.failures.isEmpty()
                && tally.started.size() < items.size()
                && tally.running.size() < items.concurrency();
    }

    private void stopRunning(Tally tally) {
        Iterator<ExecutionId> running = tally.running.values().iterator();
        while (running.hasNext()) {
            ExecutionId id = running.next();
            stage.current(id).ifPresent(item -> stage.take(id, item, new Event.Stopped("", Stage.MAP_RUN_ENDED)));
            running.remove();
        }
    }

    /** The outputs in the order of the items; none after those that are too large already. */
    private List<Json> outputs(Tally tally) {
        List<Json> outputs = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < tally.started.size() && bytes <= Limits.PAYLOAD_BYTES_MAX; i++) {
            Json output = end(tally.started.get(i)).output().orElse(Json.nothing());
            bytes += Limits.bytes(output);
            outputs.add(output);
        }
        return outputs;
    }

    private Phase.Ended end(ExecutionId id) {
        return store.load(id)
                .flatMap(stored -> stored.run().end())
                .orElseThrow(() -> new IllegalStateException("the execution " + id.arn() + " has not ended"));
    }
}
