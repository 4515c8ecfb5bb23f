package io.hallmark.core.gate.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A bootstrap estimate with bias-corrected and accelerated (BCa) bounds. Source: Efron, Better Bootstrap Confidence
 * Intervals, JASA 82 (1987).
 */
public final class BootstrapEstimate implements Estimate {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final double value;
    private final double[] sorted;
    private final double acceleration;
    private final double bias;
    private final double standardError;

    /**
     * @param replicates the statistic on every resample, finite, at least two
     * @param acceleration a sixth of the skewness of the jackknife values
     */
    BootstrapEstimate(double value, double[] replicates, double acceleration) {
        this.value = value;
        this.sorted = replicates.clone();
        Arrays.sort(sorted);
        this.acceleration = acceleration;
        this.bias = NORMAL.inverseCumulativeProbability(share(value));
        double mean = Sums.of(sorted) / sorted.length;
        double squares = Sums.of(sorted.length, i -> (sorted[i] - mean) * (sorted[i] - mean));
        this.standardError =
                sorted[0] == sorted[sorted.length - 1] ? 0 : StrictMath.sqrt(squares / (sorted.length - 1));
    }

    @Override
    public double value() {
        return value;
    }

    /** The standard deviation of the replicates. */
    @Override
    public double standardError() {
        return standardError;
    }

    public int resamples() {
        return sorted.length;
    }

    @Override
    public double lower(double confidence) {
        return degenerate() ? value : quantile(1 - confidence);
    }

    @Override
    public double upper(double confidence) {
        return degenerate() ? value : quantile(confidence);
    }

    /** The level at which the upper bound meets {@code bound}, never below {@code 1 / (2 (B + 1))}. */
    @Override
    public double pValue(double bound) {
        if (degenerate()) {
            return value >= bound ? 1 : 0;
        }
        return NORMAL.survivalProbability(level(bound));
    }

    @Override
    public double pValueAbove(double bound) {
        if (degenerate()) {
            return value <= bound ? 1 : 0;
        }
        return NORMAL.cumulativeProbability(level(bound));
    }

    /** The normal quantile of the level whose BCa quantile is {@code bound}. */
    private double level(double bound) {
        double shifted = NORMAL.inverseCumulativeProbability(share(bound)) - bias;
        return shifted / (1 + acceleration * shifted) - bias;
    }

    /** The share of replicates below, ties half, kept off 0 and 1. */
    private double share(double bound) {
        double count = 0;
        for (double each : sorted) {
            count += each < bound ? 1 : each == bound ? 0.5 : 0;
        }
        return (count + 0.5) / (sorted.length + 1);
    }

    private double quantile(double level) {
        double z = bias + NORMAL.inverseCumulativeProbability(level);
        double adjusted = NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
        double position = adjusted * (sorted.length + 1) - 1;
        int below = (int) Math.floor(position);
        if (below < 0) {
            return sorted[0];
        }
        if (below >= sorted.length - 1) {
            return sorted[sorted.length - 1];
        }
        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }
}
