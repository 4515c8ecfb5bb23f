package io.hallmark.core.service.promotion;

import io.hallmark.core.canary.Look;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.Promotion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a canary step. A pass assigns the next step, or production after the last one, if the gates that a policy puts
 * before production let it through. While production waits for an
 * approval the looks go on: guardrails do not sleep.
 */
public final class AnalyseCanary implements Action {

    private final Parts parts;
    private final Looking looking;
    private final GateStep gates;

    public AnalyseCanary(Parts parts) {
        this.parts = parts;
        this.looking = new Looking(parts);
        this.gates = new GateStep(parts);
    }

    @Override
    public StepAnswer run(StepCall call) {
        return looking.look(call.id(), Phase.CANARY, Look.Kind.CANARY, this::onward);
    }

    private Looking.Next onward(Situation.Live live, Promotion looked) {
        int steps = looked.policy().canary().steps().size();
        int next = looked.cursor() + 1;
        if (next < steps) {
            return new Looking.Next(
                    looked.assigned(next), StepAnswer.of("ADVANCE", "every guardrail passes"), List.of());
        }
        Optional<Promotion.GatePin> pin = looked.productionGatePolicy();
        if (pin.isEmpty() || looked.productionGates().isPresent()) {
            return admitted(live, looked, steps);
        }
        GateStep.Judged judged = gates.judge(live, pin.get());
        Promotion decided = looked.gatedForProduction(judged.summary());
        Looking.Next after = judged.admits()
                ? admitted(live, decided, steps)
                : Looking.back(decided, judged.cause().kind(), judged.cause().reason());
        return after.with(judged.writes());
    }

    /** The gates have nothing against production, or were not asked. */
    private Looking.Next admitted(Situation.Live live, Promotion looked, int steps) {
        Policy.Approval approval = looked.policy().approval();
        return approval.when() == Policy.Approval.When.BEFORE_PRODUCTION
                ? approved(live, looked, approval, steps)
                : complete(looked, steps);
    }

    private Looking.Next approved(Situation.Live live, Promotion looked, Policy.Approval approval, int steps) {
        Instant now = live.change().at();
        StepAnswer wait =
                new StepAnswer("CONTINUE", looked.policy().canary().lookSeconds(), "production needs an approval");
        Optional<Approvals.Approval> found = Approvals.find(parts.table(), looked.id());
        if (found.isEmpty()) {
            return new Looking.Next(
                    looked, wait, List.of(Approvals.ask(looked, now.plusSeconds(approval.timeoutSeconds()))));
        }
        return switch (found.get().state()) {
            case GRANTED -> complete(looked, steps);
            case DENIED ->
                Looking.back(looked, Cause.Kind.DENIED, found.get().row().text("reason"));
            case PENDING ->
                now.isBefore(found.get().expiresAt())
                        ? new Looking.Next(looked, wait, List.of())
                        : Looking.back(
                                looked,
                                Cause.Kind.APPROVAL_TIMEOUT,
                                "nobody approved production until "
                                        + found.get().expiresAt());
        };
    }

    private static Looking.Next complete(Promotion looked, int steps) {
        return new Looking.Next(looked.assigned(steps), StepAnswer.of("COMPLETE", "every step passed"), List.of());
    }
}
