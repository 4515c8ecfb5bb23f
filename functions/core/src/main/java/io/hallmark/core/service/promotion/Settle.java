package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.promotion.Intent;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;
import io.hallmark.core.service.target.DeploymentTarget;
import java.util.Optional;

/** Ends a promotion: lock, fence, pointer and the target's route are checked in the transaction that frees the target. */
public final class Settle implements Action {

    private final Parts parts;

    public Settle(Parts parts) {
        this.parts = parts;
    }

    @Override
    public StepAnswer run(StepCall call) {
        return parts.untilCommitted(() -> attempt(call.id()));
    }

    private Optional<StepAnswer> attempt(String promotionId) {
        StepAnswer settled = StepAnswer.of("SETTLED", "the candidate is in production");
        if (Situation.promotion(parts, promotionId).status() == PromotionStatus.SETTLED) {
            return Optional.of(settled);
        }
        Situation.Live live = Situation.Live.requireUnharmed(parts, promotionId);
        Promotion promotion = live.promotion();
        Intent declared = live.declared();
        requireDue(live, declared);
        DeploymentTarget adapter = live.at().adapter(parts);
        DeploymentTarget.Observed seen = adapter.describe(promotion.target(), promotion.model());
        if (!seen.has(declared.route()) || seen.fleet().others(declared.route()) > 0) {
            throw new RegistryFailure.Conflict(
                    "ROUTE_DRIFT",
                    "the target does not serve route revision "
                            + declared.route().routeRevision() + " everywhere");
        }
        Change change = live.change();
        boolean committed = change.lock(live.at().lock().released())
                .promotion(promotion.ended(PromotionStatus.SETTLED, change.at()))
                .writes(adapter.unchanged(promotion.target(), promotion.model(), declared.route()))
                .tell(
                        "promotion.settled",
                        Optional.of(promotionId),
                        Actor.REGISTRY,
                        "version " + promotion.candidate().version() + " stays in production",
                        Json.object().with("version", promotion.candidate().json()))
                .commit();
        if (!committed) {
            return Optional.empty();
        }
        promotion.baseline().ifPresent(baseline -> adapter.release(promotion.target(), promotion.model(), baseline));
        return Optional.of(settled);
    }

    private static void requireDue(Situation.Live live, Intent declared) {
        Promotion promotion = live.promotion();
        boolean pointed = live.at()
                .pointer()
                .flatMap(Pointer::version)
                .filter(promotion.candidate()::equals)
                .isPresent();
        boolean due = promotion.phase() == Phase.MONITOR
                && promotion.next() == AnalyseMonitor.settling(promotion)
                && declared.step().equals(PromoteToProduction.STEP);
        if (!pointed || !due) {
            throw Situation.fenced("promotion " + promotion.id() + " is not due to settle", live.at());
        }
    }
}
