package io.hallmark.core.service.promotion;

import io.hallmark.core.model.Actor;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Promotion;

/** The promotion machine's way out of everything that did not go as planned. */
public final class RequestRollback implements Action {

    private final Parts parts;

    public RequestRollback(Parts parts) {
        this.parts = parts;
    }

    @Override
    public StepAnswer run(StepCall call) {
        Promotion promotion = Situation.promotion(parts, call.id());
        String reason =
                "the promotion machine failed in phase " + promotion.phase().text();
        Promotion after =
                new BeginRollback(parts).begin(call.id(), new Cause(Cause.Kind.FAULT, reason, Actor.REGISTRY));
        return StepAnswer.of("REQUESTED", "the promotion is " + after.status());
    }
}
