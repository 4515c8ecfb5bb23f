package io.hallmark.core.service.promotion;

import io.hallmark.core.promotion.Rollback;
import java.util.Optional;

/** An execution of the rollback machine takes the rollback over; the target was claimed when it was requested. */
public final class Claim implements Action {

    private final Parts parts;

    public Claim(Parts parts) {
        this.parts = parts;
    }

    @Override
    public StepAnswer run(StepCall call) {
        return parts.untilCommitted(() -> attempt(call));
    }

    private Optional<StepAnswer> attempt(StepCall call) {
        if (Situation.rollback(parts, call.id()).proven()) {
            return Optional.of(StepAnswer.of("ALREADY_PROVEN", "the baseline is proven"));
        }
        Situation.Claimed claimed = Situation.Claimed.require(parts, call.id());
        Rollback rollback = claimed.rollback();
        StepAnswer answer = StepAnswer.of("CLAIMED", "the target is claimed at fence " + rollback.fence());
        if (rollback.execution().equals(Optional.of(call.execution()))) {
            return Optional.of(answer);
        }
        boolean committed = claimed.change()
                .lock(claimed.heard(0))
                .rollback(rollback.drivenBy(call.execution()))
                .commit();
        return committed ? Optional.of(answer) : Optional.empty();
    }
}
