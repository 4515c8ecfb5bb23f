package io.hallmark.core.service.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Stage;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.RouteDocument;

/** Mirrors requests to the candidate; the baseline keeps answering all of them. */
public final class StartShadow implements Action {

    static final String STEP = "shadow";

    private final Parts parts;
    private final Traffic traffic;

    public StartShadow(Parts parts) {
        this.parts = parts;
        this.traffic = new Traffic(parts);
    }

    @Override
    public StepAnswer run(StepCall call) {
        RouteDocument route = traffic.move(call.id(), STEP, this::decide);
        Policy.Shadow shadow = Situation.promotion(parts, call.id()).policy().shadow();
        return new StepAnswer(
                "SHADOWING",
                Math.min(shadow.lookSeconds(), shadow.bakeSeconds()),
                "requests are mirrored at " + shadow.samplingBps() + " basis points under revision "
                        + route.routeRevision());
    }

    private Traffic.Move decide(Situation.Live live) {
        Promotion promotion = live.promotion();
        if (promotion.phase() != Phase.PREPARED) {
            throw Situation.fenced("the shadow is over; the promotion is in " + promotion.phase(), live.at());
        }
        Policy.Shadow shadow = promotion.policy().shadow();
        RouteDocument.Plan plan = new RouteDocument.Plan(
                promotion.model(),
                promotion.target(),
                promotion.id(),
                promotion.baseline(),
                java.util.Optional.of(promotion.candidate()),
                0,
                shadow.samplingBps());
        return new Traffic.Move(STEP, plan, Phase.SHADOW, -1, Stage.SHADOW, shadow.lookSeconds(), Json.object());
    }
}
