package io.hallmark.core.canary;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was counted for one variant: sums only, so that windows merge in any order to the same value.
 *
 * @param overSlo requests slower than so many milliseconds, by the limit as text
 * @param outcomes trials and successes by name
 */
public record Counters(
        long requests,
        long errors,
        Map<String, Long> overSlo,
        Map<String, Outcome> outcomes,
        LogHistogram latency,
        Pairs pairs) {

    public static final Counters NONE =
            new Counters(0, 0, Map.of(), Map.of(), LogHistogram.EMPTY, new Pairs(0, 0, BigDecimal.ZERO));

    public Counters {
        overSlo = Collections.unmodifiableMap(new TreeMap<>(overSlo));
        outcomes = Collections.unmodifiableMap(new TreeMap<>(outcomes));
    }

    /** Trials of something that may succeed, such as impressions and clicks. */
    public record Outcome(long trials, long successes) {

        Outcome plus(Outcome other) {
            return new Outcome(Math.addExact(trials, other.trials), Math.addExact(successes, other.successes));
        }
    }

    /**
     * Mirrored requests that both versions answered.
     *
     * @param agree how many answers agreed, by the target's own measure
     * @param maxAbsDelta the largest difference of two scores
     */
    public record Pairs(long n, long agree, BigDecimal maxAbsDelta) {

        Pairs plus(Pairs other) {
            return new Pairs(
                    Math.addExact(n, other.n), Math.addExact(agree, other.agree), maxAbsDelta.max(other.maxAbsDelta));
        }
    }

    public Counters plus(Counters other) {
        Map<String, Long> slo = new TreeMap<>(overSlo);
        other.overSlo.forEach((limit, count) -> slo.merge(limit, count, Math::addExact));
        Map<String, Outcome> sums = new TreeMap<>(outcomes);
        other.outcomes.forEach((name, outcome) -> sums.merge(name, outcome, Outcome::plus));
        return new Counters(
                Math.addExact(requests, other.requests),
                Math.addExact(errors, other.errors),
                slo,
                sums,
                latency.merge(other.latency),
                pairs.plus(other.pairs));
    }

    /** The counts as evidence shows them, with the 99th percentile for display. */
    public Json.Obj json() {
        Json.Obj slo = Json.object();
        for (Map.Entry<String, Long> entry : overSlo.entrySet()) {
            slo = slo.with(entry.getKey(), entry.getValue());
        }
        Json.Obj named = Json.object();
        for (Map.Entry<String, Outcome> entry : outcomes.entrySet()) {
            named = named.with(
                    entry.getKey(),
                    Json.object()
                            .with("trials", entry.getValue().trials())
                            .with("successes", entry.getValue().successes()));
        }
        Json.Obj counted = Json.object()
                .with("requests", requests)
                .with("errors", errors)
                .with("overSlo", slo)
                .with("outcomes", named)
                .with("pairs", Json.object().with("n", pairs.n()).with("agree", pairs.agree()));
        return latency.counts().isEmpty()
                ? counted
                : counted.with("p99Ms", Json.of(BigDecimal.valueOf(latency.quantile(0.99))));
    }
}
