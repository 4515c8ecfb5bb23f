package io.hallmark.core.service.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Stage;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Write;
import java.util.Optional;

/** Has the gates decide about the candidate, before anything moves, and keeps the decision. */
public final class Validate implements Action {

    private final Parts parts;
    private final GateStep gates;

    public Validate(Parts parts) {
        this.parts = parts;
        this.gates = new GateStep(parts);
    }

    @Override
    public StepAnswer run(StepCall call) {
        return parts.untilCommitted(() -> attempt(call.id()));
    }

    private Optional<StepAnswer> attempt(String promotionId) {
        Situation.Live live = Situation.Live.require(parts, promotionId);
        Promotion promotion = live.promotion();
        Optional<StepAnswer> before = promotion.gates().map(Validate::answer);
        if (before.isPresent()) {
            return before;
        }
        GateStep.Judged judged = gates.judge(live, promotion.gatePolicy());
        Json.Obj verdict = judged.summary();
        Promotion after = promotion.gated(verdict);
        Change change = live.change()
                .lock(live.heard(0))
                .promotion(judged.admits() ? after.inPhase(Phase.VALIDATED) : after.because(judged.cause()))
                .writes(judged.writes())
                .write(Write.put(
                        new Item(
                                PromotionKeys.verdict(promotionId, "validation", 0, 1),
                                verdict.with("at", live.change().at().toString())),
                        Condition.absent()))
                .tell(
                        "promotion.verdict",
                        Optional.of(promotionId),
                        Actor.REGISTRY,
                        verdict.text("reason"),
                        verdict.without("checks"));
        if (judged.admits()) {
            change.stage(promotion.candidate(), Stage.VALIDATED);
        }
        return change.commit() ? Optional.of(answer(verdict)) : Optional.empty();
    }

    private static StepAnswer answer(Json.Obj verdict) {
        return StepAnswer.of(verdict.text("decision"), verdict.text("reason"));
    }
}
