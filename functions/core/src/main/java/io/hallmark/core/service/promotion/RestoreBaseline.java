package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.promotion.Intent;
import io.hallmark.core.promotion.Rollback;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.service.target.DeploymentTarget;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives all of the traffic back to the pinned baseline. Declared before it is applied, as every route; where the target
 * turns out to be at a higher revision, a higher one still is declared, for nobody else may declare now.
 */
public final class RestoreBaseline implements Action {

    private static final int TRIES_MAX = 3;

    private final Parts parts;

    public RestoreBaseline(Parts parts) {
        this.parts = parts;
    }

    @Override
    public StepAnswer run(StepCall call) {
        DeploymentTarget.Applied applied = null;
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            long above = applied == null ? 0 : applied.routeRevision();
            RouteDocument route = parts.untilCommitted(() -> declare(call.id(), above));
            applied = parts.targets().of(route.target()).apply(route);
            if (applied.accepted()) {
                Rollback after = parts.untilCommitted(() -> record(call.id()));
                return new StepAnswer(
                        "RESTORED",
                        after.rule().lookGapSeconds(),
                        "the target took the baseline under revision " + route.routeRevision());
            }
        }
        throw new RegistryFailure.Unavailable(
                "the target refused the baseline " + TRIES_MAX + " times", Duration.ofSeconds(2));
    }

    /** The declared route of this rollback, or a new one where the target has gone beyond it. */
    private Optional<RouteDocument> declare(String rollbackId, long above) {
        Situation.Claimed claimed = Situation.Claimed.require(parts, rollbackId);
        Rollback rollback = claimed.rollback();
        Optional<Intent> declared = claimed.declared();
        Optional<RouteDocument> usable = declared.map(Intent::route).filter(route -> route.routeRevision() > above);
        if (usable.isPresent()) {
            return usable;
        }
        Change change = claimed.change();
        long revision = Math.max(claimed.at().lock().routeRevision(), above) + 1;
        RouteDocument.Plan plan =
                RouteDocument.Plan.only(rollback.model(), rollback.target(), rollback.id(), rollback.baseline());
        RouteDocument route = RouteDocument.issue(plan, revision, change.at());
        long rev = claimed.at().intent().map(Intent::rev).orElse(0L);
        boolean committed = change.lock(
                        claimed.heard(rollback.rule().lookGapSeconds()).atRevision(revision))
                .intent(new Intent(route, rollback.id(), rollback.fence(), "restore", change.at(), rev))
                .rollback(rollback)
                .tell(
                        "rollback.step",
                        rollback.promotionId(),
                        Actor.REGISTRY,
                        "declared the baseline",
                        Json.object()
                                .with("rollbackId", rollback.id())
                                .with("routeRevision", revision)
                                .with("routeDigest", route.digest().hex())
                                .with("weightsBps", route.json().object("weightsBps")))
                .commit();
        return committed ? Optional.of(route) : Optional.empty();
    }

    private Optional<Rollback> record(String rollbackId) {
        Situation.Claimed claimed = Situation.Claimed.require(parts, rollbackId);
        Rollback applied = claimed.rollback().applied(claimed.change().at());
        boolean committed = claimed.change()
                .lock(claimed.heard(applied.rule().lookGapSeconds()))
                .rollback(applied)
                .commit();
        return committed ? Optional.of(applied) : Optional.empty();
    }
}
