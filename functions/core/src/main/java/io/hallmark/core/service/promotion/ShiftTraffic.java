package io.hallmark.core.service.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Stage;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.RouteDocument;
import java.util.Optional;

/**
 * Gives the candidate the share of the step that the last verdict assigned. It consumes the assignment and never makes
 * one, so a repeat moves to the same share, and no step can be skipped.
 */
public final class ShiftTraffic implements Action {

    private final Parts parts;
    private final Traffic traffic;

    public ShiftTraffic(Parts parts) {
        this.parts = parts;
        this.traffic = new Traffic(parts);
    }

    static String step(int cursor) {
        return "canary-" + cursor;
    }

    @Override
    public StepAnswer run(StepCall call) {
        Promotion promotion = Situation.promotion(parts, call.id());
        int next = promotion.next();
        Policy policy = promotion.policy();
        if (next < 0 || next >= policy.canary().steps().size()) {
            throw Situation.fenced(
                    "no verdict has assigned a step", Situation.read(parts, promotion.model(), promotion.target()));
        }
        RouteDocument route = traffic.move(call.id(), step(next), live -> decide(live, next));
        Policy.Step step = policy.canary().steps().get(next);
        return new StepAnswer(
                "SHIFTED",
                Math.min(policy.canary().lookSeconds(), step.bakeSeconds()),
                "the candidate has " + step.weightBps() + " basis points under revision " + route.routeRevision());
    }

    private Traffic.Move decide(Situation.Live live, int next) {
        Promotion promotion = live.promotion();
        boolean due = promotion.next() == next && promotion.cursor() == next - 1;
        boolean before = promotion.phase() == Phase.SHADOW || promotion.phase() == Phase.CANARY;
        if (!due || !before) {
            throw Situation.fenced(
                    "step " + next + " is not due; the promotion is at step " + promotion.cursor() + " in "
                            + promotion.phase(),
                    live.at());
        }
        Policy policy = promotion.policy();
        if (policy.approval().when() == Policy.Approval.When.BEFORE_TRAFFIC) {
            Approvals.requireGranted(parts, live);
        }
        RouteDocument.Plan plan = new RouteDocument.Plan(
                promotion.model(),
                promotion.target(),
                promotion.id(),
                promotion.baseline(),
                Optional.of(promotion.candidate()),
                policy.weightBps(next),
                0);
        return new Traffic.Move(
                step(next),
                plan,
                Phase.CANARY,
                next,
                Stage.CANARY,
                policy.canary().lookSeconds(),
                Json.object().with("weightBps", policy.weightBps(next)));
    }
}
