package io.hallmark.core.canary;

import io.hallmark.core.json.Json;
import java.util.List;

/** The verdict of one look at a step. */
public record StepVerdict(Decision decision, String reason, List<GuardrailVerdict> guardrails) {

    public StepVerdict {
        guardrails = List.copyOf(guardrails);
    }

    /** What follows from a look. */
    public enum Decision {
        /** Every guardrail passes and the step has lasted long enough. */
        ADVANCE,
        /** Look again. */
        CONTINUE,
        /** The time is over without enough evidence; there is an extension left. */
        EXTEND,
        /** A guardrail shows harm. */
        HARM,
        /** Usable evidence stayed away for more looks than the policy tolerates. */
        NO_EVIDENCE,
        /** Time and extensions are used up and not every guardrail passes. */
        INCONCLUSIVE
    }

    /** Whether this look found no usable evidence. */
    public boolean inError() {
        return guardrails.stream().anyMatch(each -> each.verdict() == Verdict.ERROR);
    }

    public Json.Obj json() {
        return Json.object()
                .with("decision", decision.name())
                .with("reason", reason)
                .with(
                        "guardrails",
                        Json.array(
                                guardrails.stream().map(GuardrailVerdict::json).toList()));
    }
}
