package io.hallmark.core.service.promotion;

import io.hallmark.core.canary.Look;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Promotion;
import java.util.List;

/** Looks at the candidate at 100 %, until the monitor window is over. */
public final class AnalyseMonitor implements Action {

    private final Looking looking;

    public AnalyseMonitor(Parts parts) {
        this.looking = new Looking(parts);
    }

    @Override
    public StepAnswer run(StepCall call) {
        return looking.look(call.id(), Phase.MONITOR, Look.Kind.MONITOR, AnalyseMonitor::onward);
    }

    /** The number that says "settle": one beyond production. */
    static int settling(Promotion promotion) {
        return promotion.policy().canary().steps().size() + 1;
    }

    private static Looking.Next onward(Situation.Live live, Promotion looked) {
        return new Looking.Next(
                looked.assigned(settling(looked)),
                StepAnswer.of("COMPLETE", "the monitor window is over and every guardrail passes"),
                List.of());
    }
}
