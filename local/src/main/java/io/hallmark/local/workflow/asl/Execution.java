package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What does not change of an execution.
 *
 * @param machine the machine's name
 * @param name unique per machine
 * @param arn the name in full, {@code $$.Execution.Id}
 * @param machineArn {@code $$.StateMachine.Id}
 * @param secret the source of this execution's task tokens, of its jitter and of the names of its items' executions
 * @param item of which item of a Map state this is the execution, if it is one
 */
public record Execution(
        String machine,
        String name,
        String arn,
        String machineArn,
        Json input,
        Instant startedAt,
        Instant deadline,
        String secret,
        Optional<MapItem> item) {

    /**
     * An item of a Map Run.
     *
     * @param parent the name of the execution whose Map state it is
     * @param mapRun the attempt of that execution which names the Map Run
     * @param index the item's place, from 0
     */
    public record MapItem(String parent, long mapRun, int index) {}

    /** {@code $$.Execution}. */
    Json.Obj context() {
        return new Json.Obj(Map.of(
                "Id",
                Json.of(arn),
                "Input",
                input,
                "Name",
                Json.of(name),
                "StartTime",
                Json.of(Timestamps.text(startedAt))));
    }
}
