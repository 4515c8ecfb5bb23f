package io.hallmark.core.service.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Stage;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.RouteDocument;
import java.util.Optional;

/** What {@link ShiftTraffic} must not be: it moves the cursor itself, so a repeat after a lost answer skips a step. */
public final class IncrementingShift implements Action {

    private final Parts parts;

    public IncrementingShift(Parts parts) {
        this.parts = parts;
    }

    @Override
    public StepAnswer run(StepCall call) {
        Promotion promotion = Situation.promotion(parts, call.id());
        Policy policy = promotion.policy();
        int next = Math.min(promotion.cursor() + 1, policy.canary().steps().size() - 1);
        new Traffic(parts)
                .move(
                        call.id(),
                        ShiftTraffic.step(next),
                        live -> new Traffic.Move(
                                ShiftTraffic.step(next),
                                new RouteDocument.Plan(
                                        promotion.model(),
                                        promotion.target(),
                                        promotion.id(),
                                        promotion.baseline(),
                                        Optional.of(promotion.candidate()),
                                        policy.weightBps(next),
                                        0),
                                Phase.CANARY,
                                next,
                                Stage.CANARY,
                                policy.canary().lookSeconds(),
                                Json.object()));
        return new StepAnswer("SHIFTED", policy.canary().lookSeconds(), "incremented");
    }
}
