package io.hallmark.core.service.promotion;

import io.hallmark.core.canary.Look;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.Promotion;
import java.util.List;

/** Looks at mirrored traffic. A pass assigns the first canary step, or asks for an approval before it. */
public final class AnalyseShadow implements Action {

    private final Looking looking;

    public AnalyseShadow(Parts parts) {
        this.looking = new Looking(parts);
    }

    @Override
    public StepAnswer run(StepCall call) {
        return looking.look(call.id(), Phase.SHADOW, Look.Kind.SHADOW, AnalyseShadow::onward);
    }

    private static Looking.Next onward(Situation.Live live, Promotion looked) {
        Promotion assigned = looked.assigned(0);
        Policy.Approval approval = looked.policy().approval();
        if (approval.when() != Policy.Approval.When.BEFORE_TRAFFIC) {
            return new Looking.Next(assigned, StepAnswer.of("ADVANCE", "every guardrail passes"), List.of());
        }
        StepAnswer hold = new StepAnswer("HOLD", approval.timeoutSeconds(), "traffic needs an approval");
        if (live.promotion().next() == 0) {
            return new Looking.Next(assigned, hold, List.of());
        }
        return new Looking.Next(
                assigned,
                hold,
                List.of(Approvals.ask(assigned, live.change().at().plusSeconds(approval.timeoutSeconds()))));
    }
}
