package io.hallmark.core.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a promotion has to show at each step, and how patient the registry is. Times in seconds, shares in basis points or
 * as fractions.
 *
 * @param gates the name of the gate policy that decides; empty for the one that fits model and target best
 * @param minRequests requests below which a share proves nothing
 * @param minTrials trials per arm below which an outcome proves nothing
 * @param minSuccesses successes per arm below which an outcome proves nothing
 * @param consecutiveErrorLimit how many looks in a row may find no usable evidence
 * @param document the policy as it was given
 */
public record Policy(
        String name,
        Optional<String> description,
        Optional<String> gates,
        Shadow shadow,
        Canary canary,
        Monitor monitor,
        List<Guardrail> guardrails,
        long minRequests,
        long minTrials,
        long minSuccesses,
        int consecutiveErrorLimit,
        Approval approval,
        RollbackRule rollback,
        Json.Obj document) {

    public Policy {
        guardrails = List.copyOf(guardrails);
    }

    /** The SHA-256 of the canonical form of the document. */
    public Sha256 digest() {
        return Hashing.sha256(CanonicalJson.bytes(document));
    }

    /** A policy that was accepted before and stands in a row. */
    public static Policy pinned(String name, Json.Obj document) {
        return PolicyReader.read(name, document);
    }

    /** The share of the candidate at a canary step. */
    public int weightBps(int step) {
        return canary.steps().get(step).weightBps();
    }

    /** Mirrored traffic before any user meets the candidate. */
    public record Shadow(
            int samplingBps,
            long bakeSeconds,
            long lookSeconds,
            long minPairs,
            BigDecimal minAgreement,
            BigDecimal maxErrorRate) {}

    /** Rising shares of real traffic. */
    public record Canary(List<Step> steps, long lookSeconds, int maxExtensions) {

        public Canary {
            steps = List.copyOf(steps);
        }
    }

    /** One share, for at least this long. */
    public record Step(int weightBps, long bakeSeconds) {}

    /** Watching the candidate at 100 %. */
    public record Monitor(long windowSeconds, long lookSeconds) {}

    /** One thing that must not get worse under traffic. */
    public record Guardrail(
            String metric,
            Kind kind,
            Optional<BigDecimal> allowed,
            Optional<BigDecimal> relMargin,
            Optional<BigDecimal> alpha) {

        /** How a guardrail judges. */
        public enum Kind {
            /** The candidate's share of requests beyond a latency, {@code overSlo.<ms>}, is at most {@code allowed}. */
            SLO("slo"),
            /** The candidate's share of errors is at most {@code allowed}. */
            RARE_EVENT("rareEvent"),
            /** The candidate's rate of an outcome is no lower than the baseline's by more than {@code relMargin}. */
            NON_INFERIORITY("nonInferiority"),
            /** The candidate meets the share of traffic that the route declares, at error level {@code alpha}. */
            SRM("srm");

            private final String text;

            Kind(String text) {
                this.text = text;
            }

            /** The name as policies carry it. */
            public String text() {
                return text;
            }

            public static Kind parse(String text) {
                for (Kind kind : values()) {
                    if (kind.text.equals(text)) {
                        return kind;
                    }
                }
                throw new IllegalArgumentException(
                        "a guardrail is of kind slo, rareEvent, nonInferiority or srm, not " + text);
            }
        }
    }

    /** Whether a person has to agree, when, and how long the promotion waits for that. */
    public record Approval(When when, long timeoutSeconds, boolean bySelf) {

        /** Where the promotion waits. */
        public enum When {
            NONE("none"),
            BEFORE_TRAFFIC("beforeTraffic"),
            BEFORE_PRODUCTION("beforeProduction");

            private final String text;

            When(String text) {
                this.text = text;
            }

            public static When parse(String text) {
                for (When when : values()) {
                    if (when.text.equals(text)) {
                        return when;
                    }
                }
                throw new IllegalArgumentException(
                        "an approval is none, beforeTraffic or beforeProduction, not " + text);
            }
        }
    }

    /**
     * When a rollback counts as proven.
     *
     * @param looks equal observations, or distinct acknowledgements per instance, that proof needs; at least 2
     * @param lookGapSeconds between two observations
     * @param quietSeconds for targets that nobody acknowledges: longer than any call may be under way
     * @param maxVerifies observations after which an attempt gives up
     */
    public record RollbackRule(int looks, long lookGapSeconds, long quietSeconds, int maxVerifies) {

        public Json.Obj json() {
            return Json.object()
                    .with("looks", looks)
                    .with("lookGapSeconds", lookGapSeconds)
                    .with("quietSeconds", quietSeconds)
                    .with("maxVerifies", maxVerifies);
        }

        public static RollbackRule of(Json.Obj row) {
            return new RollbackRule(
                    Math.toIntExact(row.integer("looks")),
                    row.integer("lookGapSeconds"),
                    row.integer("quietSeconds"),
                    Math.toIntExact(row.integer("maxVerifies")));
        }
    }

    /** The failure of a policy that cannot be used. */
    static RegistryFailure invalid(List<io.hallmark.core.json.Violation> violations) {
        return new RegistryFailure.Invalid(violations.stream()
                .map(found -> new io.hallmark.core.json.Violation(
                        found.pointer(),
                        "POLICY_INVALID",
                        found.code().toLowerCase(Locale.ROOT) + ": " + found.reason()))
                .toList());
    }
}
