package io.hallmark.core.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import java.time.Duration;
import java.time.Instant;

/**
 * What one serving instance last said it serves.
 *
 * @param at by the instance's clock; two acknowledgements are distinct when this differs
 * @param receivedAt by the registry's clock
 * @param times how many distinct acknowledgements in a row named this revision and digest
 */
public record Ack(
        String instanceId,
        long routeRevision,
        Sha256 routeDigest,
        Json.Arr loaded,
        Instant at,
        Instant receivedAt,
        long times,
        long rev) {

    /** How many polls an instance may miss before it no longer counts as live. */
    public static final int POLLS_MISSED_MAX = 3;

    /**
     * This acknowledgement after the one before it. The same one again changes nothing, nor does an older one that
     * arrives late; a clock that was set back does not silence its instance.
     */
    public Ack after(Ack before) {
        boolean late = at.isBefore(before.at()) && routeRevision < before.routeRevision();
        if (at.equals(before.at()) || late) {
            return before;
        }
        boolean same = routeRevision == before.routeRevision() && routeDigest.equals(before.routeDigest());
        return new Ack(
                instanceId,
                routeRevision,
                routeDigest,
                loaded,
                at,
                receivedAt,
                same ? before.times() + 1 : 1,
                before.rev());
    }

    /** Whether the instance was heard of within three polls. */
    public boolean live(Instant now, Duration poll) {
        return receivedAt.plus(poll.multipliedBy(POLLS_MISSED_MAX)).isAfter(now);
    }

    public boolean serves(RouteDocument route) {
        return routeRevision == route.routeRevision() && routeDigest.equals(route.digest());
    }

    public Json.Obj json() {
        return Json.object()
                .with("instanceId", instanceId)
                .with("routeRevision", routeRevision)
                .with("routeDigest", routeDigest.hex())
                .with("loaded", loaded)
                .with("at", at.toString())
                .with("receivedAt", receivedAt.toString())
                .with("times", times)
                .with("rev", rev);
    }

    public static Ack of(Json.Obj row) {
        return new Ack(
                row.text("instanceId"),
                row.integer("routeRevision"),
                new Sha256(row.text("routeDigest")),
                Json.array(row.array("loaded")),
                Instant.parse(row.text("at")),
                Instant.parse(row.text("receivedAt")),
                row.integer("times"),
                row.integer("rev"));
    }
}
