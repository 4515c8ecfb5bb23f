package io.hallmark.core.service.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.promotion.Rollback;
import java.util.Optional;

/** Says aloud that an attempt could not prove the baseline. The target stays dirty; the reconciler goes on. */
public final class Escalate implements Action {

    private final Parts parts;

    public Escalate(Parts parts) {
        this.parts = parts;
    }

    @Override
    public StepAnswer run(StepCall call) {
        return parts.untilCommitted(() -> attempt(call.id()));
    }

    private Optional<StepAnswer> attempt(String rollbackId) {
        if (Situation.rollback(parts, rollbackId).proven()) {
            return Optional.of(StepAnswer.of("ALREADY_PROVEN", "the baseline is proven"));
        }
        Situation.Claimed claimed = Situation.Claimed.require(parts, rollbackId);
        Rollback rollback = claimed.rollback();
        String reason =
                "attempt " + rollback.attempt() + " ended after " + rollback.verifies() + " observations without proof";
        boolean committed = claimed.change()
                .rollback(rollback.unproven(reason))
                .tell(
                        "rollback.unproven",
                        rollback.promotionId(),
                        Actor.REGISTRY,
                        reason,
                        Json.object().with("rollbackId", rollback.id()).with("attempt", rollback.attempt()))
                .commit();
        return committed ? Optional.of(StepAnswer.of("ESCALATED", reason)) : Optional.empty();
    }
}
