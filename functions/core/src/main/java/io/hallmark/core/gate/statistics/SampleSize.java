package io.hallmark.core.gate.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many examples a rule needs. All rests on one number, the deviation per example {@code sigma}: the standard error
 * with N examples is {@code sigma / sqrt(N)}. It is known from an observed error, or from a model of the scores.
 */
public final class SampleSize {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final int PANELS = 2_000;

    private SampleSize() {}

    /** Sigma from the standard error observed with {@code n} examples. */
    public static double deviation(double standardError, double n) {
        return standardError * StrictMath.sqrt(n);
    }

    /** The standard error to expect with {@code n} examples. */
    public static double errorAt(double sigma, double n) {
        return sigma / StrictMath.sqrt(n);
    }

    /**
     * Examples for a one-sided bound to clear a limit with the given power.
     *
     * @param distance from the true value to the limit, above 0
     */
    public static long toClear(double sigma, double distance, double confidence, double power) {
        double z = NORMAL.inverseCumulativeProbability(confidence) + NORMAL.inverseCumulativeProbability(power);
        double root = sigma * Math.max(0, z) / positive(distance);
        return (long) Math.ceil(root * root);
    }

    /** The chance that a one-sided bound clears a limit at this distance (negative on the wrong side). */
    public static double power(double standardError, double distance, double confidence) {
        if (standardError == 0) {
            return distance >= 0 ? 1 : 0;
        }
        return NORMAL.cumulativeProbability(distance / standardError - NORMAL.inverseCumulativeProbability(confidence));
    }

    /** Examples for a two-sided interval of this half-width. */
    public static long forHalfWidth(double sigma, double halfWidth, double confidence) {
        double root = sigma * NORMAL.inverseCumulativeProbability((1 + confidence) / 2) / positive(halfWidth);
        return (long) Math.ceil(root * root);
    }

    /** Sigma of the difference of a share between two groups of N each, both with the share {@code p}. */
    public static double shareDifference(double p) {
        return StrictMath.sqrt(2 * p * (1 - p));
    }

    /**
     * Sigma of the paired AUC difference under binormal scores of unit variance in both classes. With
     * {@code h = Phi^-1(AUC)}, the covariance of the components of two models is {@code Phi2(h1, h2; r / 2) - Phi(h1)
     * Phi(h2)}, the integral of the bivariate normal density over the correlation from 0 to {@code r / 2}.
     *
     * @param auc of the baseline, in (0, 1)
     * @param gain true AUC difference
     * @param prevalence share of positives, in (0, 1)
     * @param correlation of the two models' scores within a class
     */
    public static double aucDifference(double auc, double gain, double prevalence, double correlation) {
        double h = NORMAL.inverseCumulativeProbability(auc);
        double k = NORMAL.inverseCumulativeProbability(auc + gain);
        double variance = covariance(h, h, 1) + covariance(k, k, 1) - 2 * covariance(h, k, correlation);
        return StrictMath.sqrt(Math.max(0, variance) * (1 / prevalence + 1 / (1 - prevalence)));
    }

    /**
     * Sigma of the calibration slope of a perfectly calibrated model with binormal scores: {@code I^-1} of the
     * recalibration, whose logit is {@code mu x - mu^2 / 2 + logit(prevalence)} with {@code mu = sqrt(2) Phi^-1(AUC)}.
     *
     * @param auc in (0.5, 1)
     * @param prevalence share of positives, in (0, 1)
     */
    public static double slope(double auc, double prevalence) {
        double mu = StrictMath.sqrt(2) * NORMAL.inverseCumulativeProbability(auc);
        double offset = StrictMath.log(prevalence / (1 - prevalence)) - mu * mu / 2;
        double[] information = new double[3];
        double from = -9;
        double step = (mu - 2 * from) / PANELS;
        for (int i = 0; i <= PANELS; i++) {
            double x = from + i * step;
            double logit = mu * x + offset;
            double p = 1 / (1 + StrictMath.exp(-logit));
            double density = prevalence * NORMAL.density(x - mu) + (1 - prevalence) * NORMAL.density(x);
            double weight = p * (1 - p) * density * step;
            information[0] += weight;
            information[1] += weight * logit;
            information[2] += weight * logit * logit;
        }
        double determinant = information[0] * information[2] - information[1] * information[1];
        return StrictMath.sqrt(information[0] / determinant);
    }

    /** Simpson's rule. */
    private static double covariance(double h, double k, double correlation) {
        double step = correlation / 2 / PANELS;
        return step
                / 3
                * Sums.of(PANELS + 1, i -> {
                    double weight = i == 0 || i == PANELS ? 1 : i % 2 == 0 ? 2 : 4;
                    return weight * density(h, k, i * step);
                });
    }

    private static double density(double h, double k, double r) {
        double rest = 1 - r * r;
        return StrictMath.exp(-(h * h - 2 * r * h * k + k * k) / (2 * rest)) / (2 * Math.PI * StrictMath.sqrt(rest));
    }

    private static double positive(double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("not above 0: " + value);
        }
        return value;
    }
}
