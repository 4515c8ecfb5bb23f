package io.hallmark.core.canary;

import io.hallmark.core.promotion.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Point thresholds on merged counters: shares against limits, with minimum counts. */
public final class PlainAnalysis implements Analysis {

    @Override
    public StepVerdict judge(Look look, Policy policy) {
        Arms arms = Arms.of(look);
        List<GuardrailVerdict> verdicts = new ArrayList<>();
        look.obstacles().forEach(obstacle -> verdicts.add(Guardrails.error("target", 0, obstacle)));
        arms.missing().ifPresent(reason -> verdicts.add(Guardrails.error("windows", 0, reason)));
        if (look.kind() == Look.Kind.SHADOW) {
            if (!besideTheFallback(look)) {
                verdicts.add(Guardrails.agreement(arms.candidate(), policy.shadow()));
            }
            verdicts.add(Guardrails.share(
                    "errors",
                    arms.candidate().errors(),
                    arms.candidate().requests(),
                    policy.shadow().maxErrorRate(),
                    policy.shadow().minPairs()));
        }
        for (Policy.Guardrail guardrail : policy.guardrails()) {
            if (Guardrails.applies(guardrail.kind(), look.kind())) {
                verdicts.add(Guardrails.judge(guardrail, look, arms, policy));
            }
        }
        return conclude(look, policy, verdicts);
    }

    /** Whether the target's fallback is all there is beside the candidate: a first version has nobody to agree with. */
    private static boolean besideTheFallback(Look look) {
        return !look.baseline().isEmpty()
                && look.baseline().stream().allMatch(window -> window.variant().isEmpty());
    }

    private static StepVerdict conclude(Look look, Policy policy, List<GuardrailVerdict> verdicts) {
        String harm = reasons(verdicts, Verdict.FAIL);
        if (!harm.isEmpty()) {
            return new StepVerdict(StepVerdict.Decision.HARM, harm, verdicts);
        }
        String errors = reasons(verdicts, Verdict.ERROR);
        if (!errors.isEmpty() && look.errorStreak() + 1 > policy.consecutiveErrorLimit()) {
            String reason = (look.errorStreak() + 1) + " looks in a row without usable evidence, "
                    + policy.consecutiveErrorLimit() + " tolerated: " + errors;
            return new StepVerdict(StepVerdict.Decision.NO_EVIDENCE, reason, verdicts);
        }
        boolean passed = !verdicts.isEmpty() && verdicts.stream().allMatch(each -> each.verdict() == Verdict.PASS);
        if (!look.baked()) {
            String reason = passed ? "within limits so far; the step lasts until " + look.bakedAt() : open(verdicts);
            return new StepVerdict(StepVerdict.Decision.CONTINUE, reason, verdicts);
        }
        if (passed) {
            return new StepVerdict(StepVerdict.Decision.ADVANCE, "every guardrail passes", verdicts);
        }
        if (look.extensions() < policy.canary().maxExtensions()) {
            return new StepVerdict(StepVerdict.Decision.EXTEND, open(verdicts), verdicts);
        }
        String reason = "time and " + look.extensions() + " extensions are used up: " + open(verdicts);
        return new StepVerdict(StepVerdict.Decision.INCONCLUSIVE, reason, verdicts);
    }

    private static String open(List<GuardrailVerdict> verdicts) {
        return verdicts.stream()
                .filter(each -> each.verdict() != Verdict.PASS)
                .map(each -> each.metric() + ": " + each.reason())
                .collect(Collectors.joining("; "));
    }

    private static String reasons(List<GuardrailVerdict> verdicts, Verdict wanted) {
        return verdicts.stream()
                .filter(each -> each.verdict() == wanted)
                .map(each -> each.metric() + ": " + each.reason())
                .collect(Collectors.joining("; "));
    }
}
