package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.Staleness;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Stage;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.service.target.DeploymentTarget;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Gives the candidate all of the traffic and, once the target has that very route, moves the pointer. */
public final class PromoteToProduction implements Action {

    static final String STEP = "production";

    private final Parts parts;
    private final Traffic traffic;

    public PromoteToProduction(Parts parts) {
        this.parts = parts;
        this.traffic = new Traffic(parts);
    }

    @Override
    public StepAnswer run(StepCall call) {
        parts.untilCommitted(() -> requireFresh(call.id()));
        RouteDocument route = traffic.move(call.id(), STEP, PromoteToProduction::decide);
        parts.untilCommitted(() -> point(call.id(), route));
        Policy.Monitor monitor = Situation.promotion(parts, call.id()).policy().monitor();
        return new StepAnswer(
                "PROMOTED",
                Math.min(monitor.lookSeconds(), monitor.windowSeconds()),
                "the candidate is in production under revision " + route.routeRevision());
    }

    /** What the gates decided on has to be what is promoted: same baseline, evidence, bytes and policy. */
    private Optional<Boolean> requireFresh(String promotionId) {
        Situation.Live live = Situation.Live.requireUnharmed(parts, promotionId);
        Promotion promotion = live.promotion();
        if (promotion.phase() != Phase.CANARY) {
            return Optional.of(true);
        }
        List<Staleness.Moved> moved = parts.gates()
                .moved(
                        parts.gates().get(promotion.decision().orElseThrow()),
                        promotion.target(),
                        parts.gates().pinned(promotion.gatePolicy().digest()),
                        live.change().at());
        if (moved.isEmpty()) {
            return Optional.of(true);
        }
        String reason = moved.stream().map(Staleness.Moved::sentence).collect(Collectors.joining("; "));
        Cause cause = new Cause(Cause.Kind.STALE, "STALE: " + reason, Actor.REGISTRY);
        if (!live.change().promotion(promotion.because(cause)).commit()) {
            return Optional.empty();
        }
        throw new RegistryFailure.Conflict(moved.get(0).code(), reason);
    }

    private static Traffic.Move decide(Situation.Live live) {
        Promotion promotion = live.promotion();
        Policy policy = promotion.policy();
        int steps = policy.canary().steps().size();
        boolean due = promotion.phase() == Phase.CANARY && promotion.cursor() == steps - 1 && promotion.next() == steps;
        if (!due) {
            throw Situation.fenced(
                    "production is not due; the promotion is at step " + promotion.cursor() + " in "
                            + promotion.phase(),
                    live.at());
        }
        RouteDocument.Plan plan = new RouteDocument.Plan(
                promotion.model(),
                promotion.target(),
                promotion.id(),
                promotion.baseline(),
                Optional.of(promotion.candidate()),
                RouteDocument.ALL_BPS,
                0);
        return new Traffic.Move(
                STEP,
                plan,
                Phase.MONITOR,
                promotion.cursor(),
                Stage.CANARY,
                policy.monitor().lookSeconds(),
                Json.object().with("weightBps", RouteDocument.ALL_BPS));
    }

    /** Moves the pointer in the transaction that checks lock, fence and the target's route once more. */
    private Optional<Boolean> point(String promotionId, RouteDocument route) {
        Situation.Live live = Situation.Live.requireUnharmed(parts, promotionId);
        Optional<Pointer> before = live.at().pointer();
        if (before.filter(pointer -> pointer.by().equals(promotionId)).isPresent()) {
            return Optional.of(true);
        }
        Promotion promotion = live.promotion();
        DeploymentTarget adapter = live.at().adapter(parts);
        if (!live.declared().route().equals(route)
                || !adapter.describe(promotion.target(), promotion.model()).has(route)) {
            throw new RegistryFailure.Conflict(
                    "ROUTE_DRIFT", "the target does not have route revision " + route.routeRevision());
        }
        Change change = live.change();
        Pointer after = Pointer.promoted(before, promotion.candidate(), change.at(), promotionId);
        change.lock(live.heard(promotion.policy().monitor().lookSeconds()))
                .pointer(before, after)
                .promotion(promotion)
                .writes(adapter.unchanged(promotion.target(), promotion.model(), route))
                .stage(promotion.candidate(), Stage.PRODUCTION)
                .tell(
                        "promotion.promoted",
                        Optional.of(promotionId),
                        Actor.REGISTRY,
                        "version " + promotion.candidate().version() + " is in production",
                        Json.object()
                                .with("version", promotion.candidate().json())
                                .with("routeRevision", route.routeRevision()));
        promotion.baseline().ifPresent(baseline -> change.stage(baseline, Stage.ARCHIVED));
        return change.commit() ? Optional.of(true) : Optional.empty();
    }
}
