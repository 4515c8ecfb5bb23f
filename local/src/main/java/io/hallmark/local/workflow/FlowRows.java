package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Write;
import io.hallmark.local.workflow.asl.Execution;
import io.hallmark.local.workflow.asl.Execution.MapItem;
import io.hallmark.local.workflow.asl.Phase;
import io.hallmark.local.workflow.asl.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of the player.
 *
 * <ul>
 *   <li>{@code FLOW#machine#name / META}: what does not change of an execution; for the execution of an item of a Map
 *       state, {@code machine} here and below is {@code machine/label}
 *   <li>{@code … / STATE}: where it stands; rewritten by every step, on the {@code rev} that was read
 *   <li>{@code … / EVT#n}: the history events of one step, the first of which is the n-th
 *   <li>{@code … / ITEM#run#n}: the execution of the n-th item of a Map Run of this execution
 *   <li>{@code FLOWRUNNING / machine#name}: there while it runs, so that a restart finds it
 *   <li>{@code FLOWTOKEN#token / TOKEN}: whose task has this token
 *   <li>{@code FLOWDEFINITION#digest / DEFINITION}: a machine, kept for the executions that started with it
 *   <li>{@code FLOWPLAYER / OWNER}: the epoch of the one player whose steps are taken
 * </ul>
 */
final class FlowRows {

    static final String RUNNING = "FLOWRUNNING";
    static final Key OWNER = new Key("FLOWPLAYER", "OWNER");
    static final String EPOCH = "epoch";
    static final String REV = "rev";
    static final String ITEM_PREFIX = "ITEM#";
    static final String HISTORY_PREFIX = "EVT#";

    private FlowRows() {}

    static String partition(ExecutionId id) {
        return "FLOW#" + id.place() + "#" + id.name();
    }

    static Key meta(ExecutionId id) {
        return new Key(partition(id), "META");
    }

    static Key state(ExecutionId id) {
        return new Key(partition(id), "STATE");
    }

    static Key running(ExecutionId id) {
        return new Key(RUNNING, id.place() + "#" + id.name());
    }

    static Key token(String token) {
        return new Key("FLOWTOKEN#" + token, "TOKEN");
    }

    static Key definition(String digest) {
        return new Key("FLOWDEFINITION#" + digest, "DEFINITION");
    }

    static Item metaItem(ExecutionId id, Execution execution, String definition) {
        return new Item(
                meta(id),
                named(id)
                        .withOptional("item", execution.item().map(FlowRows::item))
                        .with("input", execution.input())
                        .with("startedAt", execution.startedAt().toString())
                        .with("deadline", execution.deadline().toString())
                        .with("secret", execution.secret())
                        .with("definition", definition));
    }

    static Execution execution(ExecutionId id, Json.Obj row) {
        return id.execution(
                row.find("input").orElse(Json.nothing()),
                Instant.parse(row.text("startedAt")),
                Instant.parse(row.text("deadline")),
                row.text("secret"),
                row.findObject("item").map(FlowRows::item));
    }

    static Item stateItem(ExecutionId id, Run run, long rev) {
        List<Json> retries = new ArrayList<>();
        run.retries().forEach(count -> retries.add(Json.of(count)));
        Map<String, Json> row = new LinkedHashMap<>();
        row.put("state", Json.of(run.state()));
        row.put("enteredAt", Json.of(run.enteredAt().toString()));
        row.put("retries", Json.array(retries));
        row.put("attempt", Json.of(run.attempt()));
        row.put("events", Json.of(run.events()));
        row.put("phase", PhaseCodec.encode(run.phase()));
        row.put(REV, Json.of(rev));
        if (run.end().isEmpty()) {
            // Of an ended execution the output counts, and both together can be too large for one item.
            row.put("input", run.input());
        }
        return new Item(state(id), new Json.Obj(row));
    }

    static Run run(Execution execution, Json.Obj row) {
        List<Long> retries = new ArrayList<>();
        for (Json count : row.array("retries")) {
            retries.add(((Json.Num) count).value().longValueExact());
        }
        Phase phase = PhaseCodec.decode(row.object("phase"));
        return new Run(
                execution,
                row.text("state"),
                row.find("input").orElse(Json.nothing()),
                Instant.parse(row.text("enteredAt")),
                retries,
                row.integer("attempt"),
                row.integer("events"),
                phase);
    }

    static Item history(ExecutionId id, List<Json.Obj> events) {
        String first = Keys.number(events.get(0).integer("id"));
        return new Item(
                new Key(partition(id), HISTORY_PREFIX + first), Json.object().with("events", Json.array(events)));
    }

    static Item runningItem(ExecutionId id) {
        return new Item(running(id), named(id));
    }

    static Item itemRow(ExecutionId parent, MapItem item, ExecutionId id) {
        String place = itemPrefix(item.mapRun()) + Keys.number(item.index());
        return new Item(new Key(partition(parent), place), named(id).with("index", item.index()));
    }

    static String itemPrefix(long mapRun) {
        return ITEM_PREFIX + Keys.number(mapRun) + "#";
    }

    private static Json.Obj item(MapItem item) {
        return Json.object()
                .with("parent", item.parent())
                .with("mapRun", item.mapRun())
                .with("index", item.index());
    }

    private static MapItem item(Json.Obj row) {
        return new MapItem(row.text("parent"), row.integer("mapRun"), (int) row.integer("index"));
    }

    private static Json.Obj named(ExecutionId id) {
        return Json.object()
                .with("machine", id.machine().name())
                .withOptional(
                        "label",
                        Optional.of(id.label())
                                .filter(label -> !label.isEmpty())
                                .map(Json::of))
                .with("name", id.name());
    }

    static ExecutionId id(Json.Obj row) {
        return new ExecutionId(
                Machine.valueOf(row.text("machine")), row.findText("label").orElse(""), row.text("name"));
    }

    static Write checkOwner(long epoch) {
        return Write.check(OWNER, Condition.equal(EPOCH, Json.of(epoch)));
    }
}
