package io.hallmark.core.service.promotion;

import io.hallmark.core.json.Json;

/** What an action answers to its state machine: what to do next, how long to wait first, and why. */
public record StepAnswer(String decision, long waitSeconds, String reason) {

    static StepAnswer of(String decision, String reason) {
        return new StepAnswer(decision, 1, reason);
    }

    public Json.Obj json() {
        return Json.object()
                .with("decision", decision)
                .with("waitSeconds", waitSeconds)
                .with("reason", reason);
    }
}
