package io.hallmark.core.service.promotion;

import io.hallmark.core.canary.Look;
import io.hallmark.core.canary.StepVerdict;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Intent;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.service.target.DeploymentTarget;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One look at a step with traffic. Whether the target still has the declared route comes first; then the analysis. The
 * verdict goes into the table before it goes to the machine.
 */
final class Looking {

    private final Parts parts;
    private final Evidence evidence;

    Looking(Parts parts) {
        this.parts = parts;
        this.evidence = new Evidence(parts);
    }

    /** What follows when every guardrail passes and the step has lasted: a decision, and what it does to the rows. */
    interface Onward {
        Next next(Situation.Live live, Promotion looked);
    }

    /** The promotion as it goes on, the answer, and further writes. */
    record Next(Promotion promotion, StepAnswer answer, List<Write> writes) {

        Next with(List<Write> more) {
            List<Write> all = new ArrayList<>(writes);
            all.addAll(more);
            return new Next(promotion, answer, all);
        }
    }

    StepAnswer look(String promotionId, Phase phase, Look.Kind kind, Onward onward) {
        return parts.untilCommitted(() -> attempt(promotionId, phase, kind, onward));
    }

    private Optional<StepAnswer> attempt(String promotionId, Phase phase, Look.Kind kind, Onward onward) {
        Situation.Live live = Situation.Live.require(parts, promotionId);
        Promotion promotion = live.promotion();
        if (promotion.cause().isPresent()) {
            return promotion.cause().map(cause -> StepAnswer.of("ROLLBACK", cause.reason()));
        }
        if (promotion.phase() != phase) {
            throw Situation.fenced("a look at " + phase + " while the promotion is in " + promotion.phase(), live.at());
        }
        Intent declared = live.declared();
        DeploymentTarget.Observed seen = live.at().adapter(parts).describe(promotion.target(), promotion.model());
        if (!seen.has(declared.route())) {
            String reason = "the target is at route revision " + seen.routeRevision() + ", declared was "
                    + declared.route().routeRevision();
            Json.Obj verdict = Json.object().with("decision", "ROUTE_DRIFT").with("reason", reason);
            Cause cause = new Cause(Cause.Kind.ROUTE_DRIFT, reason, Actor.REGISTRY);
            Promotion drifted = promotion.looked(live.change().at(), 0, promotion.extensions(), verdict);
            return commit(live, drifted.because(cause), rollback(reason), verdict, List.of());
        }
        Look look = evidence.look(live, kind, seen);
        StepVerdict verdict = parts.analysis().judge(look, promotion.policy());
        Json.Obj told = told(look, verdict, declared);
        int extensions = promotion.extensions() + (verdict.decision() == StepVerdict.Decision.EXTEND ? 1 : 0);
        int streak = verdict.inError() ? look.errorStreak() + 1 : 0;
        Promotion looked = promotion.looked(look.at(), streak, extensions, told);
        Next next = next(live, looked, look, verdict, onward);
        return commit(live, next.promotion(), next.answer(), told, next.writes());
    }

    private static Next next(Situation.Live live, Promotion looked, Look look, StepVerdict verdict, Onward onward) {
        return switch (verdict.decision()) {
            case ADVANCE -> onward.next(live, looked);
            case CONTINUE, EXTEND -> new Next(looked, again(look, verdict.reason()), List.of());
            case HARM -> back(looked, Cause.Kind.GUARDRAIL, verdict.reason());
            case NO_EVIDENCE -> back(looked, Cause.Kind.NO_EVIDENCE, verdict.reason());
            case INCONCLUSIVE -> back(looked, Cause.Kind.INCONCLUSIVE, verdict.reason());
        };
    }

    static Next back(Promotion looked, Cause.Kind kind, String reason) {
        return new Next(looked.because(new Cause(kind, reason, Actor.REGISTRY)), rollback(reason), List.of());
    }

    static StepAnswer again(Look look, String reason) {
        Duration left = Duration.between(look.at(), look.bakedAt());
        long wait = look.gap().toSeconds();
        if (!left.isNegative() && !left.isZero()) {
            wait = Math.min(wait, Math.max(1, left.toSeconds()));
        }
        return new StepAnswer("CONTINUE", wait, reason);
    }

    private static StepAnswer rollback(String reason) {
        return StepAnswer.of("ROLLBACK", reason);
    }

    private Optional<StepAnswer> commit(
            Situation.Live live, Promotion looked, StepAnswer answer, Json.Obj verdict, List<Write> writes) {
        Change change = live.change();
        Json.Obj row = verdict.with("at", change.at().toString()).with("answer", answer.decision());
        boolean committed = change.lock(live.heard(answer.waitSeconds()))
                .promotion(looked)
                .writes(writes)
                .write(Write.put(
                        new Item(
                                PromotionKeys.verdict(
                                        looked.id(),
                                        looked.phase().text(),
                                        Math.max(0, looked.cursor()),
                                        looked.looks()),
                                row),
                        Condition.absent()))
                .tell("promotion.verdict", Optional.of(looked.id()), Actor.REGISTRY, answer.reason(), row)
                .commit();
        return committed ? Optional.of(answer) : Optional.empty();
    }

    private static Json.Obj told(Look look, StepVerdict verdict, Intent declared) {
        return Json.object()
                .with("phase", look.kind().name())
                .with("weightBps", look.weightBps())
                .with("routeRevision", declared.route().routeRevision())
                .with("decision", verdict.decision().name())
                .with("reason", verdict.reason())
                .with("guardrails", verdict.json().find("guardrails").orElseThrow())
                .with("candidate", Counted.json(look.candidate()))
                .with("baseline", Counted.json(look.baseline()));
    }
}
