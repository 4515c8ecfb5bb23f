package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.time.Instant;
import java.util.Map;

/**
 * What does not change of an execution.
 *
 * @param machine the machine's name
 * @param name unique per machine
 * @param arn the name in full, {@code $$.Execution.Id}
 * @param machineArn {@code $$.StateMachine.Id}
 * @param secret the source of this execution's task tokens and of its jitter
 */
public record Execution(
        String machine,
        String name,
        String arn,
        String machineArn,
        Json.Obj input,
        Instant startedAt,
        Instant deadline,
        String secret) {

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
