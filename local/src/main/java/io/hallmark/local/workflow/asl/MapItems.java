package io.hallmark.local.workflow.asl;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import java.util.List;
import java.util.Optional;

/** The items of a Map Run and what the execution of each gets. Made again, equal, from where the parent stands. */
public final class MapItems {

    private static final int NAME_DIGITS = 32;

    private final Run run;
    private final State.Map map;
    private final Scope scope;
    private final List<Json> items;

    private MapItems(Run run, State.Map map, Scope scope, List<Json> items) {
        this.run = run;
        this.map = map;
        this.scope = scope;
        this.items = items;
    }

    /** Of the Map state that this run is in. */
    public static MapItems of(Definition definition, Run run) {
        return of(run, (State.Map) definition.state(run.state()));
    }

    static MapItems of(Run run, State.Map map) {
        Scope raw = Context.scope(run, map, Optional.empty());
        Scope scope = raw.over(Tasks.input(map.io(), raw));
        Json found = map.items()
                .find(scope)
                .orElseThrow(() -> AslError.runtime(
                        "Reference path \"" + map.items().text() + "\" must point to an array: nothing is there."));
        if (!(found instanceof Json.Arr array)) {
            throw AslError.runtime("Reference path \"" + map.items().text() + "\" must point to an array, not to "
                    + found.kind() + ".");
        }
        return new MapItems(run, map, scope, array.items());
    }

    /** The ARN of a Map Run. */
    static String arn(Run run, State.Map map) {
        return run.execution().machineArn().replace(":stateMachine:", ":mapRun:") + "/" + map.label() + ":"
                + named(run, "map-run");
    }

    /** This, if each item has an input that can be made and is not too large. */
    MapItems requireAll() {
        for (int i = 0; i < items.size(); i++) {
            if (Limits.exceeded(input(i))) {
                throw new AslError(
                        AslError.DATA_LIMIT,
                        "The input of item " + i + " is larger than " + Limits.PAYLOAD_BYTES_MAX + " bytes.");
            }
        }
        return this;
    }

    public int size() {
        return items.size();
    }

    /** How many executions run at the same time, at most. */
    public int concurrency() {
        return map.concurrency();
    }

    public String label() {
        return map.label();
    }

    /** What the execution of an item gets. */
    public Json input(int index) {
        Json item = items.get(index);
        Context context = scope.context().with(index, item);
        return map.itemSelector()
                .map(selector -> selector.fill(new Scope(scope.data(), context)))
                .orElse(item);
    }

    /** The name of an item's execution: the same whenever it is asked for, and another one for each Map Run. */
    public String name(int index) {
        return named(run, "item-" + index);
    }

    /** The secret of an item's execution. */
    public String secret(int index) {
        return Hashing.sha256(run.execution().secret() + "#secret#" + run.attempt() + "#" + index)
                .hex();
    }

    /** The outputs together as what the Map state takes, or that they are too large. */
    public static Event gathered(long attempt, List<Json> outputs) {
        Json results = Json.array(outputs);
        return Limits.exceeded(results)
                ? new Event.MapFailed(
                        attempt,
                        AslError.DATA_LIMIT,
                        "The results of the Map Run are larger than " + Limits.PAYLOAD_BYTES_MAX + " bytes.")
                : new Event.Mapped(attempt, results);
    }

    /** What the Map state takes when an item's execution did not succeed. */
    public static Event failed(long attempt, int index, String how) {
        return new Event.MapFailed(
                attempt,
                AslError.MAP_FAILED,
                "The specified tolerated failure threshold was exceeded: item " + index + " " + how);
    }

    private static String named(Run run, String what) {
        return Hashing.sha256(run.execution().secret() + "#" + what + "#" + run.attempt())
                .hex()
                .substring(0, NAME_DIGITS);
    }
}
