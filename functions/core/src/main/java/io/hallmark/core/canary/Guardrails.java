package io.hallmark.core.canary;

import io.hallmark.core.json.Json;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.RouteDocument;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** One function per kind of guardrail. */
final class Guardrails {

    private static final String SLO_PREFIX = "overSlo.";
    private static final MathContext DIGITS = new MathContext(6);

    private Guardrails() {}

    /**
     * Whether a guardrail can be judged at a step at all: a comparison needs a baseline beside it, and a share of
     * traffic needs traffic.
     */
    static boolean applies(Policy.Guardrail.Kind kind, Look.Kind step) {
        return switch (kind) {
            case SLO -> true;
            case RARE_EVENT, SRM -> step != Look.Kind.SHADOW;
            case NON_INFERIORITY -> step == Look.Kind.CANARY;
        };
    }

    static GuardrailVerdict judge(Policy.Guardrail guardrail, Look look, Arms arms, Policy policy) {
        Counters candidate = arms.candidate();
        return switch (guardrail.kind()) {
            case SLO -> slo(guardrail, candidate, policy.minRequests());
            case RARE_EVENT ->
                share(
                        guardrail.metric(),
                        candidate.errors(),
                        candidate.requests(),
                        guardrail.allowed().orElseThrow(),
                        policy.minRequests());
            case NON_INFERIORITY -> nonInferiority(guardrail, arms, policy);
            case SRM -> assignment(guardrail, look, arms, policy.minRequests());
        };
    }

    /**
     * A share of bad events against its limit. Harm is certain as soon as the bad events alone exceed what the minimum
     * count would allow: waiting for more good ones could not undo it.
     */
    static GuardrailVerdict share(String metric, long bad, long count, BigDecimal allowed, long minCount) {
        Json limit = Json.of(allowed);
        if (count == 0) {
            return new GuardrailVerdict(
                    metric, Verdict.INSUFFICIENT, Json.nothing(), limit, 0, "no requests; at least " + minCount);
        }
        BigDecimal share = BigDecimal.valueOf(bad).divide(BigDecimal.valueOf(count), DIGITS);
        Json observed = Json.of(share);
        BigDecimal badAllowed = allowed.multiply(BigDecimal.valueOf(Math.max(count, minCount)));
        String seen = bad + " of " + count + " requests";
        if (BigDecimal.valueOf(bad).compareTo(badAllowed) > 0) {
            String reason = seen + " is " + share.toPlainString() + "; allowed " + allowed.toPlainString();
            return new GuardrailVerdict(metric, Verdict.FAIL, observed, limit, count, reason);
        }
        if (count < minCount) {
            return new GuardrailVerdict(
                    metric, Verdict.INSUFFICIENT, observed, limit, count, seen + "; at least " + minCount);
        }
        return new GuardrailVerdict(metric, Verdict.PASS, observed, limit, count, seen);
    }

    static GuardrailVerdict agreement(Counters candidate, Policy.Shadow shadow) {
        long n = candidate.pairs().n();
        long disagree = n - candidate.pairs().agree();
        Json limit = Json.of(shadow.minAgreement());
        String seen = candidate.pairs().agree() + " of " + n + " pairs agree";
        if (n == 0) {
            return new GuardrailVerdict(
                    "agreement",
                    Verdict.INSUFFICIENT,
                    Json.nothing(),
                    limit,
                    0,
                    "no pairs; at least " + shadow.minPairs());
        }
        Json observed = Json.of(BigDecimal.valueOf(candidate.pairs().agree()).divide(BigDecimal.valueOf(n), DIGITS));
        BigDecimal allowed = BigDecimal.ONE
                .subtract(shadow.minAgreement())
                .multiply(BigDecimal.valueOf(Math.max(n, shadow.minPairs())));
        Verdict verdict = Verdict.PASS;
        if (BigDecimal.valueOf(disagree).compareTo(allowed) > 0) {
            verdict = Verdict.FAIL;
        } else if (n < shadow.minPairs()) {
            verdict = Verdict.INSUFFICIENT;
        }
        return new GuardrailVerdict("agreement", verdict, observed, limit, n, seen);
    }

    static GuardrailVerdict error(String metric, long count, String reason) {
        return new GuardrailVerdict(metric, Verdict.ERROR, Json.nothing(), Json.nothing(), count, reason);
    }

    private static GuardrailVerdict slo(Policy.Guardrail guardrail, Counters candidate, long minRequests) {
        Optional<Long> over =
                Optional.ofNullable(candidate.overSlo().get(guardrail.metric().substring(SLO_PREFIX.length())));
        if (over.isEmpty() && candidate.requests() > 0) {
            String reason = candidate.requests() + " requests were reported without a count of " + guardrail.metric();
            return error(guardrail.metric(), candidate.requests(), reason);
        }
        return share(
                guardrail.metric(),
                over.orElse(0L),
                candidate.requests(),
                guardrail.allowed().orElseThrow(),
                minRequests);
    }

    private static GuardrailVerdict nonInferiority(Policy.Guardrail guardrail, Arms arms, Policy policy) {
        Counters.Outcome none = new Counters.Outcome(0, 0);
        Counters.Outcome ours = arms.candidate().outcomes().getOrDefault(guardrail.metric(), none);
        Counters.Outcome theirs = arms.baseline().outcomes().getOrDefault(guardrail.metric(), none);
        long trials = Math.min(ours.trials(), theirs.trials());
        long successes = Math.min(ours.successes(), theirs.successes());
        if (trials < policy.minTrials() || successes < policy.minSuccesses()) {
            String reason = trials + " trials and " + successes + " successes in the smaller arm; at least "
                    + policy.minTrials() + " and " + policy.minSuccesses();
            return new GuardrailVerdict(
                    guardrail.metric(), Verdict.INSUFFICIENT, Json.nothing(), Json.nothing(), trials, reason);
        }
        BigDecimal rate = rate(ours);
        BigDecimal limit = rate(theirs)
                .multiply(BigDecimal.ONE.subtract(guardrail.relMargin().orElseThrow()), DIGITS);
        Verdict verdict = rate.compareTo(limit) < 0 ? Verdict.FAIL : Verdict.PASS;
        String reason =
                ours.successes() + " of " + ours.trials() + " against " + theirs.successes() + " of " + theirs.trials();
        return new GuardrailVerdict(guardrail.metric(), verdict, Json.of(rate), Json.of(limit), ours.trials(), reason);
    }

    /**
     * Whether the candidate meets its share of requests, by the Chernoff bound: a share this far off has a probability
     * of at most {@code 2 exp(-n KL(observed, declared))}, whatever n is. A mismatch makes the comparison void.
     */
    private static GuardrailVerdict assignment(Policy.Guardrail guardrail, Look look, Arms arms, long minRequests) {
        long ours = arms.candidate().requests();
        long all = ours + arms.baseline().requests();
        double declared = look.weightBps() / (double) RouteDocument.ALL_BPS;
        Json limit = Json.of(BigDecimal.valueOf(declared));
        if (all == 0) {
            return new GuardrailVerdict(
                    guardrail.metric(), Verdict.INSUFFICIENT, Json.nothing(), limit, 0, "no requests");
        }
        double observed = ours / (double) all;
        double surprise = all * divergence(observed, declared);
        String seen = ours + " of " + all + " requests reached the candidate, declared " + declared;
        Json share = Json.of(BigDecimal.valueOf(observed).round(DIGITS));
        if (surprise > Math.log(2 / guardrail.alpha().orElseThrow().doubleValue())) {
            return new GuardrailVerdict(
                    guardrail.metric(), Verdict.ERROR, share, limit, all, "ASSIGNMENT_MISMATCH: " + seen);
        }
        Verdict verdict = all < minRequests ? Verdict.INSUFFICIENT : Verdict.PASS;
        return new GuardrailVerdict(guardrail.metric(), verdict, share, limit, all, seen);
    }

    private static double divergence(double p, double q) {
        return part(p, q) + part(1 - p, 1 - q);
    }

    private static double part(double p, double q) {
        return p == 0 ? 0 : p * Math.log(p / q);
    }

    private static BigDecimal rate(Counters.Outcome outcome) {
        return BigDecimal.valueOf(outcome.successes()).divide(BigDecimal.valueOf(outcome.trials()), DIGITS);
    }
}
