package io.hallmark.local.promotion;

import static io.hallmark.local.promotion.Fixture.MODEL;
import static io.hallmark.local.promotion.Fixture.TARGET;

import io.hallmark.core.json.Json;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.service.promotion.Parts;
import io.hallmark.core.service.promotion.RecordAck;
import io.hallmark.core.service.promotion.RecordObservations;
import io.hallmark.local.workflow.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One serving instance: follows the route, acknowledges it, and reports what it counted. */
final class SimulatedFleet {

    static final Duration POLL = Duration.ofSeconds(10);

    private static final long REQUESTS = 4000;

    private final VirtualTime time;
    private final Supplier<Optional<RouteDocument>> route;
    private final FailAt failAt;
    private final RecordAck acks;
    private final RecordObservations observations;
    private Optional<RouteDocument> follows = Optional.empty();
    private final AtomicBoolean silent = new AtomicBoolean();
    private final AtomicBoolean stuck = new AtomicBoolean();

    SimulatedFleet(Parts parts, VirtualTime time, Supplier<Optional<RouteDocument>> route, FailAt failAt) {
        this.time = time;
        this.route = route;
        this.failAt = failAt;
        this.acks = new RecordAck(parts);
        this.observations = new RecordObservations(parts);
    }

    /** Stops reporting counts; it still serves and acknowledges. */
    void goSilent() {
        silent.set(true);
    }

    /** Keeps serving the route it has, whatever the registry declares, until told otherwise. */
    void stick(boolean sticks) {
        stuck.set(sticks);
    }

    Optional<RouteDocument> follows() {
        return follows;
    }

    /** One poll: report the interval that ended, take the present route, acknowledge it. */
    void tick() {
        Instant now = time.instant();
        follows.filter(served -> !silent.get()).ifPresent(served -> report(served, now));
        if (!stuck.get()) {
            follows = route.get();
        }
        follows.ifPresent(served -> acks.record(
                TARGET,
                MODEL,
                new RecordAck.Given("pod-1", served.routeRevision(), served.digest(), Json.array(List.of()), now)));
    }

    private void report(RouteDocument served, Instant now) {
        Json.Obj weights = served.json().object("weightsBps");
        List<Json> windows = new ArrayList<>();
        Optional<Json.Obj> candidate = served.json().findObject("candidate");
        for (String variant : weights.fields().keySet()) {
            long bps = weights.integer(variant);
            boolean ours =
                    candidate.filter(ref -> ref.text("version").equals(variant)).isPresent();
            long requests = REQUESTS * bps / RouteDocument.ALL_BPS;
            windows.add(window(served, variant, now, requests, ours && bad(bps) ? requests / 5 : 0));
        }
        Json.Obj shadow = served.json().object("shadow");
        shadow.findText("version").ifPresent(variant -> {
            long agree = failAt == FailAt.SHADOW ? REQUESTS / 2 : REQUESTS;
            windows.add(window(served, variant, now, REQUESTS, 0)
                    .with("pairs", Json.object().with("n", REQUESTS).with("agree", agree)));
        });
        observations.record(TARGET, MODEL, windows);
    }

    private boolean bad(long bps) {
        return switch (failAt) {
            case CANARY_5 -> bps == 500;
            case CANARY_50 -> bps == 5000;
            case MONITOR -> bps == RouteDocument.ALL_BPS;
            case NOWHERE, VALIDATE, SHADOW -> false;
        };
    }

    private static Json.Obj window(RouteDocument served, String variant, Instant now, long requests, long errors) {
        return Json.object()
                .with("source", "pod-1")
                .with("seq", 1)
                .with("windowStart", now.minus(POLL).toString())
                .with("windowEnd", now.toString())
                .with("routeRevision", served.routeRevision())
                .with("variant", variant)
                .with("requests", requests)
                .with("errors", errors);
    }
}
