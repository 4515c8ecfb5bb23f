package io.hallmark.core.service.promotion;

import io.hallmark.core.gate.Gate;
import io.hallmark.core.gate.GateEvidence;
import io.hallmark.core.gate.Gates;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Stage;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.store.Write;
import io.hallmark.core.version.VersionRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Judges the candidate by the gates, before anything moves. */
public final class Validate implements Action {

    private final Parts parts;
    private final Function<Policy, List<Gate>> gates;

    public Validate(Parts parts, Function<Policy, List<Gate>> gates) {
        this.parts = parts;
        this.gates = gates;
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
        Gates.Decision decision = Gates.decide(Gates.always(), gates.apply(promotion.policy()), evidence(promotion));
        Json.Obj verdict = decision.json();
        Promotion judged = promotion.gated(verdict);
        Change change = live.change()
                .lock(live.heard(0))
                .promotion(
                        decision.passed()
                                ? judged.inPhase(Phase.VALIDATED)
                                : judged.because(new Cause(Cause.Kind.GATE, decision.reason(), Actor.REGISTRY)))
                .write(Write.put(
                        new io.hallmark.core.store.Item(
                                PromotionKeys.verdict(promotionId, "validation", 0, 1),
                                verdict.with("at", live.change().at().toString())),
                        io.hallmark.core.store.Condition.absent()))
                .tell("promotion.verdict", Optional.of(promotionId), Actor.REGISTRY, decision.reason(), verdict);
        if (decision.passed()) {
            change.stage(promotion.candidate(), Stage.VALIDATED);
        }
        return change.commit() ? Optional.of(answer(verdict)) : Optional.empty();
    }

    private GateEvidence evidence(Promotion promotion) {
        VersionRecord candidate = VersionRows.find(
                        parts.table(), promotion.model(), promotion.candidate().number())
                .orElseThrow();
        Optional<VersionRecord> baseline = promotion
                .baseline()
                .flatMap(version -> VersionRows.find(parts.table(), promotion.model(), version.number()));
        return new GateEvidence(candidate, baseline, Artifacts.broken(parts, promotion.model(), promotion.candidate()));
    }

    private static StepAnswer answer(Json.Obj verdict) {
        return StepAnswer.of(verdict.text("decision"), verdict.text("reason"));
    }
}
