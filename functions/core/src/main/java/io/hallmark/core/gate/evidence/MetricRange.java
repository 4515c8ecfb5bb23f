package io.hallmark.core.gate.evidence;

import io.hallmark.core.gate.statistics.Metric;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/** The values that a metric can take, by its name. A name that is not known here may have any value. */
final class MetricRange {

    private static final BigDecimal POINTS = BigDecimal.valueOf(100);
    private static final BigDecimal FAR = BigDecimal.valueOf(1_000_000_000_000_000L);
    /** Metrics that the registry does not compute, and evaluators report. */
    private static final Set<String> FRACTIONS =
            Set.of("pr_auc", "average_precision", "balanced_accuracy", "tnr", "fnr", "f1", "mrr");

    private static final Set<String> AT_LEAST_ZERO =
            Set.of("mae", "mse", "rmse", "n", "positives", "negatives", "predicted_positives");
    private static final Set<String> AT_LEAST_ZERO_PREFIXES =
            Set.of("latency_", "artifact_", "peak_", "cold_start_", "cost_", "energy_");

    private MetricRange() {}

    /** What is wrong with this value, as a sentence; empty if nothing is. */
    static Optional<String> wrong(String metric, BigDecimal value) {
        if (fraction(metric)) {
            boolean inside = value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0;
            return inside ? Optional.empty() : Optional.of(outside(metric, value));
        }
        if (atLeastZero(metric) && value.signum() < 0) {
            return Optional.of(metric + " is " + value + "; it cannot be below 0");
        }
        if (Metric.named(metric).isPresent() && value.abs().compareTo(FAR) > 0) {
            return Optional.of(metric + " is " + value + "; nothing measured gives such a value");
        }
        return Optional.empty();
    }

    private static boolean fraction(String metric) {
        return Metric.named(metric)
                .map(known -> known.unit() == Metric.Unit.FRACTION)
                .orElseGet(
                        () -> FRACTIONS.contains(metric) || metric.matches("(recall|map|hit_rate)_at_[1-9][0-9]{0,5}"));
    }

    private static boolean atLeastZero(String metric) {
        return AT_LEAST_ZERO.contains(metric)
                || metric.endsWith("_se")
                || Metric.named(metric)
                        .filter(known -> known.range().least() == 0)
                        .isPresent()
                || AT_LEAST_ZERO_PREFIXES.stream().anyMatch(metric::startsWith);
    }

    private static String outside(String metric, BigDecimal value) {
        String sentence = metric + " is " + value + "; it is a fraction, from 0 to 1";
        boolean points = value.compareTo(BigDecimal.ONE) > 0 && value.compareTo(POINTS) <= 0;
        return points
                ? sentence + " (if these are points of a hundred, the fraction is "
                        + value.divide(POINTS).stripTrailingZeros().toPlainString() + ")"
                : sentence;
    }
}
