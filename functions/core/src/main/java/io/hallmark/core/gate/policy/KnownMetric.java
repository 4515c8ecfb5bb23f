package io.hallmark.core.gate.policy;

import io.hallmark.core.gate.statistics.Metric;
import io.hallmark.core.gate.statistics.RankingMetric;
import io.hallmark.core.gate.statistics.ScoreMetric;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the registry knows of a metric by its name.
 *
 * @param direction which way is better, empty where neither is
 * @param units in which its bounds can be written
 * @param least the smallest value it can take, empty if there is none
 * @param most the largest
 * @param ofExamples whether it is computed from examples, so that it has slices, groups and paired differences
 */
record KnownMetric(
        Optional<Rule.Direction> direction,
        Set<Rule.Unit> units,
        Optional<BigDecimal> least,
        Optional<BigDecimal> most,
        boolean ofExamples) {

    private static final Optional<Rule.Direction> HIGHER = Optional.of(Rule.Direction.HIGHER);
    private static final Optional<Rule.Direction> LOWER = Optional.of(Rule.Direction.LOWER);
    private static final Set<Rule.Unit> SHARE = Set.of(Rule.Unit.FRACTION, Rule.Unit.PERCENT);
    private static final Pattern LATENCY = Pattern.compile("latency_(?:p[0-9]{1,4}|mean)");

    /** Sizes and times, which are measured without examples. */
    private static final Map<String, KnownMetric> OPERATIONAL = Map.of(
            "n", size(HIGHER, Rule.Unit.NUMBER),
            "artifact_bytes", size(LOWER, Rule.Unit.BYTES),
            "peak_rss_bytes", size(LOWER, Rule.Unit.BYTES),
            "cold_start", size(LOWER, Rule.Unit.MS));

    /** Means over examples or queries. */
    private static final Set<Metric> MEANS =
            Set.of(ScoreMetric.LOG_LOSS, ScoreMetric.BRIER, ScoreMetric.ACCURACY, ScoreMetric.SELECTION_RATE);

    static Optional<KnownMetric> named(String metric) {
        Optional<KnownMetric> computed = Metric.named(metric).map(KnownMetric::computed);
        if (computed.isPresent()) {
            return computed;
        }
        return LATENCY.matcher(metric).matches()
                ? Optional.of(size(LOWER, Rule.Unit.MS))
                : Optional.ofNullable(OPERATIONAL.get(metric));
    }

    /** Whether differences of this metric can be judged by this method. */
    static boolean allows(String name, Criterion.Method method) {
        Optional<Metric> metric = Metric.named(name);
        return switch (method) {
            case AUTO -> true;
            case DELONG -> metric.filter(ScoreMetric.ROC_AUC::equals).isPresent();
            case MCNEMAR -> metric.filter(ScoreMetric.ACCURACY::equals).isPresent();
            case PAIRED_T ->
                metric.filter(known -> known instanceof RankingMetric || MEANS.contains(known))
                        .isPresent();
            case BOOTSTRAP -> named(name).filter(known -> !known.ofExamples()).isEmpty();
        };
    }

    private static KnownMetric computed(Metric metric) {
        Optional<Rule.Direction> direction = switch (metric.direction()) {
            case HIGHER -> HIGHER;
            case LOWER -> LOWER;
            case NONE -> Optional.empty();
        };
        Set<Rule.Unit> units = switch (metric.unit()) {
            case FRACTION -> SHARE;
            case NATS, RATIO -> Set.of(Rule.Unit.NUMBER);
        };
        return new KnownMetric(
                direction,
                units,
                end(metric.range().least()),
                end(metric.range().most()),
                true);
    }

    private static Optional<BigDecimal> end(double value) {
        return Double.isInfinite(value) ? Optional.empty() : Optional.of(BigDecimal.valueOf(value));
    }

    private static KnownMetric size(Optional<Rule.Direction> direction, Rule.Unit unit) {
        return new KnownMetric(direction, Set.of(unit), Optional.of(BigDecimal.ZERO), Optional.empty(), false);
    }
}
