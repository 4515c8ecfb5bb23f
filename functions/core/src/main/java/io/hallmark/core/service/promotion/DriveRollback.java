package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.promotion.ProofRule;
import io.hallmark.core.promotion.Rollback;
import java.util.Optional;

/** Plays the rollback machine by hand, as far as it goes at this moment: for emergencies, and while no machine runs. */
final class DriveRollback {

    private static final String EXECUTION = "by-hand";

    private final Parts parts;

    DriveRollback(Parts parts) {
        this.parts = parts;
    }

    /** Restores the baseline if it was not, observes once, and records the proof if that is one. */
    Rollback step(String rollbackId) {
        Rollback before = Situation.rollback(parts, rollbackId);
        if (before.proven()) {
            return before;
        }
        StepCall call = new StepCall(rollbackId, EXECUTION, "ByHand", 0, Optional.empty());
        if (before.appliedAt().isEmpty()) {
            new RestoreBaseline(parts).run(call);
        }
        String finding = new VerifyBaseline(parts).run(call).decision();
        if (finding.equals(ProofRule.Finding.REAPPLY.name())) {
            new RestoreBaseline(parts).run(call);
        } else if (finding.equals(ProofRule.Finding.PROVEN.name())) {
            new RecordProof(parts).run(call);
        } else if (finding.equals(ProofRule.Finding.EXHAUSTED.name())) {
            restart(call);
        }
        return Situation.rollback(parts, rollbackId);
    }

    /** Without a machine there is no next attempt to start, so this one counts its observations anew. */
    private void restart(StepCall call) {
        parts.untilCommitted(() -> {
            Situation.Claimed claimed = Situation.Claimed.require(parts, call.id());
            boolean committed = claimed.change()
                    .rollback(claimed.rollback().drivenBy(EXECUTION))
                    .commit();
            return committed ? Optional.of(true) : Optional.<Boolean>empty();
        });
    }

    /** As {@link #step}; what fails is left to whoever drives the rollback next. */
    Rollback tryStep(String rollbackId) {
        try {
            return step(rollbackId);
        } catch (RegistryFailure later) {
            return Situation.rollback(parts, rollbackId);
        }
    }
}
