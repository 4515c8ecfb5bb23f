package io.hallmark.core.gate;

import io.hallmark.core.json.Json;

/** What a gate says, with the numbers it rests on. */
public record GateVerdict(String gate, Result result, Json observed, Json limit, String reason) {

    /** The closed set of results; only {@code PASS} lets a version through. */
    public enum Result {
        PASS,
        FAIL,
        /** What the gate needs is not there. */
        ERROR
    }

    public Json.Obj json() {
        return Json.object()
                .with("gate", gate)
                .with("result", result.name())
                .with("observed", observed)
                .with("limit", limit)
                .with("reason", reason);
    }
}
