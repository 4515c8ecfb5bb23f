package io.hallmark.core.promotion;

import io.hallmark.core.json.Json;
import java.time.Instant;

/**
 * The route that should serve, written before the target is called: what the registry wanted is known even when nobody
 * learns what became of the call.
 *
 * @param owner the promotion or rollback that declared it
 * @param step what of the owner it is for; the same step again is the same intent, and keeps its revision
 */
public record Intent(RouteDocument route, String owner, long fence, String step, Instant at, long rev) {

    /** Whether a retry of this step would declare this intent again. */
    public boolean isFor(String byOwner, long underFence, String forStep) {
        return owner.equals(byOwner) && fence == underFence && step.equals(forStep);
    }

    public Json.Obj json() {
        return Json.object()
                .with("route", route.json())
                .with("owner", owner)
                .with("fence", fence)
                .with("step", step)
                .with("at", at.toString())
                .with("rev", rev);
    }

    public static Intent of(Json.Obj row) {
        return new Intent(
                new RouteDocument(row.object("route")),
                row.text("owner"),
                row.integer("fence"),
                row.text("step"),
                Instant.parse(row.text("at")),
                row.integer("rev"));
    }
}
