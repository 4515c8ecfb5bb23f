package io.hallmark.core.service.promotion;

import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;

/** Confirms that the promotion still has the target, which it took when it was asked for. */
public final class AcquireLock implements Action {

    private final Parts parts;

    public AcquireLock(Parts parts) {
        this.parts = parts;
    }

    @Override
    public StepAnswer run(StepCall call) {
        Promotion promotion = Situation.promotion(parts, call.id());
        if (promotion.status() != PromotionStatus.RUNNING) {
            return StepAnswer.of("REFUSED", "the promotion is " + promotion.status());
        }
        Situation at = Situation.read(parts, promotion.model(), promotion.target());
        return at.lock().heldBy(promotion.id(), promotion.fence())
                ? StepAnswer.of("ACQUIRED", "the lock is held at fence " + promotion.fence())
                : StepAnswer.of(
                        "BUSY",
                        "the lock is " + at.lock().state() + " at fence "
                                + at.lock().fence());
    }
}
