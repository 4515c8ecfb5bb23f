package io.hallmark.core.service.promotion;

import io.hallmark.core.gate.Decision;
import io.hallmark.core.gate.GateCase;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.Stage;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.service.gate.Gatekeeper;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Write;
import java.util.List;
import java.util.Optional;

/** Has the gates decide about the candidate, before anything moves, and keeps the decision. */
public final class Validate implements Action {

    private static final int CHECKS_SHOWN_MAX = 50;

    private final Parts parts;

    public Validate(Parts parts) {
        this.parts = parts;
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
        Decision decision = decide(live);
        Json.Obj verdict = summary(decision);
        Promotion judged = promotion.gated(verdict);
        Change change = live.change()
                .lock(live.heard(0))
                .promotion(
                        decision.admits()
                                ? judged.inPhase(Phase.VALIDATED)
                                : judged.because(new Cause(cause(decision), decision.reason(), Actor.REGISTRY)))
                .writes(parts.gates().keep(decision, promotion.target()))
                .write(Write.put(
                        new Item(
                                PromotionKeys.verdict(promotionId, "validation", 0, 1),
                                verdict.with("at", live.change().at().toString())),
                        Condition.absent()))
                .tell(
                        "promotion.verdict",
                        Optional.of(promotionId),
                        Actor.REGISTRY,
                        decision.reason(),
                        verdict.without("checks"));
        if (decision.admits()) {
            change.stage(promotion.candidate(), Stage.VALIDATED);
        }
        return change.commit() ? Optional.of(answer(verdict)) : Optional.empty();
    }

    /** A review that was given with the request counts as long as what was reviewed still holds. */
    private Decision decide(Situation.Live live) {
        Promotion promotion = live.promotion();
        Gatekeeper gates = parts.gates();
        Gatekeeper.Question question = new Gatekeeper.Question(
                promotion.model(),
                promotion.candidate().number(),
                promotion.target(),
                gates.pinned(promotion.gatePolicy().digest()),
                Optional.empty(),
                promotion.requestedBy(),
                live.change().at());
        Optional<GateCase.Review> review = promotion
                .review()
                .map(row -> review(row, promotion.requestedBy()))
                .filter(given -> gates.unreviewable(question, given.decision()).isEmpty());
        return gates.decide(question.with(review));
    }

    private static GateCase.Review review(Json.Obj row, Actor by) {
        return new GateCase.Review(new Sha256(row.text("decision")), row.text("reason"), by);
    }

    /** What was shown not to hold bars the version; what was not shown does not. */
    private static Cause.Kind cause(Decision decision) {
        return decision.failed() ? Cause.Kind.GATE : Cause.Kind.UNDECIDED;
    }

    /** The decision as the promotion shows it; the whole of it is a record of its own. */
    private static Json.Obj summary(Decision decision) {
        List<Json.Obj> checks = decision.checks();
        return Json.object()
                .with("decision", decision.admits() ? "PASS" : "FAIL")
                .with("verdict", decision.verdict().name())
                .with("reason", decision.reason())
                .with("digest", decision.digest().hex())
                .with(
                        "checks",
                        Json.array(checks.stream()
                                .limit(CHECKS_SHOWN_MAX)
                                .map(check -> Json.object()
                                        .with("rule", check.text("rule"))
                                        .with("severity", check.text("severity"))
                                        .with("verdict", check.text("verdict"))
                                        .with("message", check.text("message")))
                                .toList()));
    }

    private static StepAnswer answer(Json.Obj verdict) {
        return StepAnswer.of(verdict.text("decision"), verdict.text("reason"));
    }
}
