package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Ids;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.store.Flows;

/** Stops a promotion: the rollback begins at once; stopping its machine is only tidiness. */
public final class CancelPromotion {

    private final Parts parts;

    public CancelPromotion(Parts parts) {
        this.parts = parts;
    }

    /** Answers the promotion as it is afterwards; cancelling it again changes nothing. */
    public Promotion cancel(String promotionId, String reason, Actor actor) {
        Promotion before = Situation.promotion(parts, promotionId);
        if (before.status().isFinal()) {
            throw new RegistryFailure.Conflict(
                    "PROMOTION_ENDED",
                    "promotion " + promotionId + " is " + before.status(),
                    Json.object().with("status", before.status().name()));
        }
        Promotion after = new BeginRollback(parts).begin(promotionId, new Cause(Cause.Kind.CANCELLED, reason, actor));
        try {
            parts.flows()
                    .stop(Flows.Machine.PROMOTION, Ids.promotionExecution(promotionId), "Promotion.Cancelled", reason);
        } catch (RegistryFailure.Unavailable later) {
            // The machine finds itself fenced at its next step.
            return after;
        }
        return after;
    }
}
