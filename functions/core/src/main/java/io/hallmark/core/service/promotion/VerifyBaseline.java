package io.hallmark.core.service.promotion;

import io.hallmark.core.promotion.Intent;
import io.hallmark.core.promotion.ProofRule;
import io.hallmark.core.promotion.Rollback;
import java.util.Optional;

/** Observes whether the baseline serves, and whether that is proof yet. */
public final class VerifyBaseline implements Action {

    private final Parts parts;
    private final Observing observing;

    public VerifyBaseline(Parts parts) {
        this.parts = parts;
        this.observing = new Observing(parts);
    }

    @Override
    public StepAnswer run(StepCall call) {
        return parts.untilCommitted(() -> attempt(call.id()));
    }

    private Optional<StepAnswer> attempt(String rollbackId) {
        Situation.Claimed claimed = Situation.Claimed.require(parts, rollbackId);
        Optional<Intent> declared = claimed.declared();
        if (declared.isEmpty()) {
            return Optional.of(StepAnswer.of("REAPPLY", "the baseline was not declared yet"));
        }
        ProofRule.Observation seen = observing.observe(claimed, declared.get().route());
        Rollback before = claimed.rollback();
        Rollback looked = before.looked(seen.at(), ProofRule.equalLooks(before, seen));
        ProofRule.Finding finding = ProofRule.judge(looked, seen);
        long gap = looked.rule().lookGapSeconds();
        boolean committed =
                claimed.change().lock(claimed.heard(gap)).rollback(looked).commit();
        return committed ? Optional.of(new StepAnswer(finding.name(), gap, reason(looked, seen))) : Optional.empty();
    }

    private static String reason(Rollback looked, ProofRule.Observation seen) {
        String fleet = seen.fleet().serving(seen.route()) + " of "
                + seen.fleet().live().size() + " live instances serve revision "
                + seen.route().routeRevision();
        String route = seen.routeEqual() ? "the target has the baseline's route" : "the target has another route";
        return route + "; " + fleet + "; " + looked.equalLooks() + " equal looks in a row";
    }
}
