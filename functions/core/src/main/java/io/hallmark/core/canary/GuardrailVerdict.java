package io.hallmark.core.canary;

import io.hallmark.core.json.Json;

/**
 * The verdict of one guardrail, with the numbers it rests on.
 *
 * @param observed what was seen, null when nothing was
 * @param limit what is allowed, null when nothing can be said
 * @param count how many observations it rests on
 */
public record GuardrailVerdict(String metric, Verdict verdict, Json observed, Json limit, long count, String reason) {

    public Json.Obj json() {
        return Json.object()
                .with("metric", metric)
                .with("verdict", verdict.name())
                .with("observed", observed)
                .with("limit", limit)
                .with("count", count)
                .with("reason", reason);
    }
}
