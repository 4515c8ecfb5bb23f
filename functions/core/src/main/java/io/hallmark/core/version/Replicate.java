package io.hallmark.core.version;

import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.VersionNumber;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * One outcome of a run. Models are not deterministic artifacts: the same run may come out with other bytes.
 *
 * @param number the version that holds these bytes
 * @param executionId which execution of the run this was
 * @param verdict against the first replicate of the run in this model
 */
public record Replicate(
        Sha256 runId,
        ModelName model,
        VersionNumber number,
        SemanticVersion version,
        Sha256 artifactDigest,
        Sha256 executionId,
        Verdict verdict,
        String reason,
        Metrics metrics) {

    /** How a replicate compares with the first one of its run. */
    public enum Verdict {
        FIRST,
        BIT_IDENTICAL,
        WITHIN_NOISE,
        DIVERGED
    }

    /** A verdict with its reason. */
    public record Comparison(Verdict verdict, String reason) {}

    /**
     * Compares other bytes of the same run by their metrics. Within noise is a difference that the size of the evaluation
     * set explains: √2/√n, the half-width of the 95 % interval of the difference of two proportions over n rows each, on
     * the scale of the metric where that is above one. Missing metrics are never within noise.
     */
    public static Comparison compare(Metrics first, Metrics other) {
        if (first.empty() || other.empty()) {
            return new Comparison(Verdict.DIVERGED, "other bytes, and no metrics that could be compared");
        }
        if (!first.values().keySet().equals(other.values().keySet())) {
            return new Comparison(Verdict.DIVERGED, "other bytes, and other metrics were measured");
        }
        Optional<Long> rows = first.rows().flatMap(a -> other.rows().map(b -> Math.min(a, b)));
        double width = rows.filter(n -> n > 0).map(n -> Math.sqrt(2.0 / n)).orElse(0.0);
        String largest = "";
        double largestShare = -1;
        for (Map.Entry<String, BigDecimal> metric : first.values().entrySet()) {
            double a = metric.getValue().doubleValue();
            double b = other.values()
                    .getOrDefault(metric.getKey(), metric.getValue())
                    .doubleValue();
            double limit = Math.max(width * Math.max(1, Math.abs(a)), BumpRule.NO_NOISE);
            double share = Math.abs(b - a) / limit;
            if (share > largestShare) {
                largestShare = share;
                largest = metric.getKey() + " moved by " + Math.abs(b - a) + ", noise is up to " + limit;
            }
        }
        return new Comparison(largestShare <= 1 ? Verdict.WITHIN_NOISE : Verdict.DIVERGED, largest);
    }
}
