package io.hallmark.core.gate.policy;

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
    private static final Pattern RANKING = Pattern.compile("(?:ndcg|precision)_at_[1-9][0-9]{0,5}");

    private static final Map<String, KnownMetric> BY_NAME = Map.ofEntries(
            Map.entry("roc_auc", share(HIGHER)),
            Map.entry("accuracy", share(HIGHER)),
            Map.entry("precision", share(HIGHER)),
            Map.entry("recall", share(HIGHER)),
            Map.entry("tpr", share(HIGHER)),
            Map.entry("fpr", share(LOWER)),
            Map.entry("brier", share(LOWER)),
            Map.entry("ece", share(LOWER)),
            Map.entry("selection_rate", share(Optional.empty())),
            Map.entry("log_loss", number(LOWER, true)),
            Map.entry("calibration_slope", number(Optional.empty(), false)),
            Map.entry("calibration_intercept", number(Optional.empty(), false)),
            Map.entry("calibration_in_the_large", number(Optional.empty(), false)),
            Map.entry("n", size(HIGHER, Rule.Unit.NUMBER)),
            Map.entry("artifact_bytes", size(LOWER, Rule.Unit.BYTES)),
            Map.entry("peak_rss_bytes", size(LOWER, Rule.Unit.BYTES)),
            Map.entry("cold_start", size(LOWER, Rule.Unit.MS)));

    static Optional<KnownMetric> named(String metric) {
        if (RANKING.matcher(metric).matches()) {
            return Optional.of(share(HIGHER));
        }
        return LATENCY.matcher(metric).matches()
                ? Optional.of(size(LOWER, Rule.Unit.MS))
                : Optional.ofNullable(BY_NAME.get(metric));
    }

    /** Whether differences of this metric can be judged by this method. */
    static boolean allows(String metric, Criterion.Method method) {
        boolean mean = Set.of("log_loss", "brier", "accuracy", "selection_rate").contains(metric)
                || RANKING.matcher(metric).matches();
        return switch (method) {
            case AUTO -> true;
            case DELONG -> metric.equals("roc_auc");
            case MCNEMAR -> metric.equals("accuracy");
            case PAIRED_T -> mean;
            case BOOTSTRAP -> named(metric).filter(known -> !known.ofExamples()).isEmpty();
        };
    }

    private static KnownMetric share(Optional<Rule.Direction> direction) {
        return new KnownMetric(direction, SHARE, Optional.of(BigDecimal.ZERO), Optional.of(BigDecimal.ONE), true);
    }

    private static KnownMetric number(Optional<Rule.Direction> direction, boolean notNegative) {
        Optional<BigDecimal> least = notNegative ? Optional.of(BigDecimal.ZERO) : Optional.empty();
        return new KnownMetric(direction, Set.of(Rule.Unit.NUMBER), least, Optional.empty(), true);
    }

    private static KnownMetric size(Optional<Rule.Direction> direction, Rule.Unit unit) {
        return new KnownMetric(direction, Set.of(unit), Optional.of(BigDecimal.ZERO), Optional.empty(), false);
    }
}
