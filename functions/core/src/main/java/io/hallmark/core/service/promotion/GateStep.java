package io.hallmark.core.service.promotion;

import io.hallmark.core.gate.Decision;
import io.hallmark.core.gate.GateCase;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.service.gate.Gatekeeper;
import io.hallmark.core.store.Write;
import java.util.List;
import java.util.Optional;

/** Has the gates decide about the candidate of a promotion, by a policy that it pinned. */
final class GateStep {

    private static final int CHECKS_SHOWN_MAX = 50;

    private final Parts parts;

    GateStep(Parts parts) {
        this.parts = parts;
    }

    /** A decision, as the promotion shows it, and what keeps it. */
    record Judged(Decision decision, Json.Obj summary, List<Write> writes) {

        boolean admits() {
            return decision.admits();
        }

        /** What was shown not to hold bars the version; what was not shown does not. */
        Cause cause() {
            Cause.Kind kind = decision.failed() ? Cause.Kind.GATE : Cause.Kind.UNDECIDED;
            return new Cause(kind, decision.reason(), Actor.REGISTRY);
        }
    }

    /** A review that was given with the request counts as long as what was reviewed still holds. */
    Judged judge(Situation.Live live, Promotion.GatePin pin) {
        Promotion promotion = live.promotion();
        Gatekeeper gates = parts.gates();
        Gatekeeper.Question question = new Gatekeeper.Question(
                promotion.model(),
                promotion.candidate().number(),
                promotion.target(),
                gates.pinned(pin.digest()),
                Optional.empty(),
                promotion.requestedBy(),
                live.change().at());
        Optional<GateCase.Review> review = promotion
                .review()
                .map(row -> review(row, promotion.requestedBy()))
                .filter(given -> gates.unreviewable(question, given.decision()).isEmpty());
        Decision decision = gates.decide(question.with(review));
        return new Judged(decision, summary(decision), gates.keep(decision, promotion.target()));
    }

    private static GateCase.Review review(Json.Obj row, Actor by) {
        return new GateCase.Review(new Sha256(row.text("decision")), row.text("reason"), by);
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
}
