package io.hallmark.client;

import io.hallmark.client.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one instance saw of one version within one window: sufficient statistics, never raw requests or predictions.
 * Collect with the {@code add} methods, then send {@link #toJson}. Safe for use by several threads.
 */
public final class Observation {

    private static final int OUTCOMES_MAX = 50;
    private static final int LIMITS_MAX = 10;

    /** As what a version took part. */
    public enum Role {
        BASELINE("baseline"),
        CANARY("canary"),
        SHADOW("shadow");

        private final String text;

        Role(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** Which version, as what, under which revision of the route: one series of windows. */
    public record Series(long routeRevision, String version, Role role) {}

    private final Series series;
    private final Instant start;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final Map<String, Long> counters = new TreeMap<>();
    private final Map<Integer, Long> overSlo = new TreeMap<>();
    private final Map<String, long[]> outcomes = new TreeMap<>();
    private final Pairs pairs = new Pairs();

    Observation(Series series, Instant start, Iterable<Integer> sloMillis) {
        this.series = series;
        this.start = start;
        sloMillis.forEach(limit -> {
            if (overSlo.size() < LIMITS_MAX) {
                overSlo.put(limit, 0L);
            }
        });
        counters.put("requests", 0L);
        counters.put("errors", 0L);
    }

    /** One request: how long it took, and whether it failed. */
    public synchronized void addRequest(double millis, boolean failed) {
        counters.merge("requests", 1L, Long::sum);
        counters.merge("errors", failed ? 1L : 0L, Long::sum);
        latency.add(millis);
        overSlo.replaceAll((limit, count) -> millis > limit ? count + 1 : count);
    }

    /** One trial of an outcome such as a click. */
    public synchronized void addOutcome(String name, boolean success) {
        if (outcomes.containsKey(name) || outcomes.size() < OUTCOMES_MAX) {
            long[] counts = outcomes.computeIfAbsent(name, first -> new long[2]);
            counts[0]++;
            counts[1] += success ? 1 : 0;
        }
    }

    /** One mirrored request: whether candidate and baseline decided alike, and how far their scores were apart. */
    public synchronized void addPair(boolean agree, double absoluteDelta) {
        pairs.add(agree, absoluteDelta);
    }

    Series series() {
        return series;
    }

    synchronized boolean isEmpty() {
        return counters.getOrDefault("requests", 0L) == 0 && pairs.count() == 0;
    }

    /** The window as the registry takes it; {@code source} and {@code sequence} make repeats harmless. */
    synchronized JsonValue toJson(String source, long sequence, Instant end) {
        JsonValue slo = JsonValue.object();
        for (var limit : overSlo.entrySet()) {
            slo = slo.with(limit.getKey().toString(), limit.getValue());
        }
        JsonValue results = JsonValue.object();
        for (var outcome : outcomes.entrySet()) {
            long[] counts = outcome.getValue();
            results = results.with(
                    outcome.getKey(),
                    JsonValue.object().with("trials", counts[0]).with("successes", counts[1]));
        }
        JsonValue window = JsonValue.object()
                .with("source", source)
                .with("seq", sequence)
                .with("windowStart", start.toString())
                .with("windowEnd", end.toString())
                .with("routeRevision", series.routeRevision())
                .with("variant", series.version())
                .with("role", series.role().text());
        for (var counter : counters.entrySet()) {
            window = window.with(counter.getKey(), counter.getValue());
        }
        return window.with("latencyMs", latency.toJson())
                .with("overSlo", slo)
                .with("outcomes", results.fields().isEmpty() ? JsonValue.MISSING : results)
                .with("pairs", pairs.toJson().orElse(JsonValue.MISSING));
    }

    private static final class Pairs {
        private final long[] counts = new long[2];
        private final double[] deltas = new double[2];

        void add(boolean agree, double delta) {
            counts[0]++;
            counts[1] += agree ? 1 : 0;
            deltas[0] = Math.max(deltas[0], delta);
            deltas[1] += delta;
        }

        long count() {
            return counts[0];
        }

        Optional<JsonValue> toJson() {
            return counts[0] == 0
                    ? Optional.empty()
                    : Optional.of(JsonValue.object()
                            .with("n", counts[0])
                            .with("agree", counts[1])
                            .with("maxAbsDelta", decimal(deltas[0]))
                            .with("sumAbsDelta", decimal(deltas[1])));
        }

        private static JsonValue decimal(double value) {
            return JsonValue.of(BigDecimal.valueOf(value).setScale(9, java.math.RoundingMode.HALF_EVEN));
        }
    }
}
