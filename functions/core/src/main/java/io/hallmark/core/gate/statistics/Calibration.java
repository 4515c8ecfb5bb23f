package io.hallmark.core.gate.statistics;

import java.util.Optional;

/**
 * Cox's recalibration: the maximum likelihood fit of {@code logit P(y = 1) = a + b logit(clip(p, 1e-6, 1 - 1e-6))} by
 * Newton's method, with weights as multiplicities of the log-likelihood. Source: Cox, Two Further Applications of a
 * Model for Binary Regression, Biometrika 45 (1958).
 */
public final class Calibration {

    private static final double CLIP = 1e-6;
    private static final String NO_FIT = "the recalibration does not converge";

    /**
     * The fit, with standard errors from the information matrix, which hold when the recalibrated model is right; the
     * influences of {@link #slope} give those that hold regardless.
     */
    public record Fit(double intercept, double slope, double interceptError, double slopeError) {}

    private Calibration() {}

    /** The fit; empty where {@link #slope} is undefined. */
    public static Optional<Fit> fit(Scored data) {
        if (obstacle(data).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new LogisticFit(data, logits(data), true))
                .filter(LogisticFit::converged)
                .map(found -> new Fit(
                        found.intercept(),
                        found.slope(),
                        StrictMath.sqrt(found.inverse(0, 0)),
                        StrictMath.sqrt(found.inverse(1, 1))));
    }

    static Measured slope(Scored data) {
        return measured(data, true, 1);
    }

    static Measured intercept(Scored data) {
        return measured(data, true, 0);
    }

    static Measured inTheLarge(Scored data) {
        return measured(data, false, 0);
    }

    private static Measured measured(Scored data, boolean slope, int parameter) {
        Optional<String> obstacle = slope ? obstacle(data) : singleClass(data);
        if (obstacle.isPresent()) {
            return new Measured.Undefined(obstacle.get());
        }
        LogisticFit fit = new LogisticFit(data, logits(data), slope);
        if (!fit.converged()) {
            return new Measured.Undefined(NO_FIT);
        }
        return new Measured.Of(
                Influence.sandwich(parameter == 0 ? fit.intercept() : fit.slope(), fit.influences(parameter)));
    }

    private static Optional<String> singleClass(Scored data) {
        if (!Means.probabilities(data)) {
            return Optional.of("a score is not a probability in [0, 1]");
        }
        return data.positives() == 0 || data.negatives() == 0
                ? Optional.of("a single class: " + data.positives() + " positive and " + data.negatives()
                        + " negative examples")
                : Optional.empty();
    }

    /** The likelihood has a maximum only if each class reaches beyond the other, in both directions. */
    private static Optional<String> obstacle(Scored data) {
        Optional<String> single = singleClass(data);
        if (single.isPresent()) {
            return single;
        }
        double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] most = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int row = 0; row < data.size(); row++) {
            int label = data.label(row) ? 1 : 0;
            double score = clipped(data.score(row));
            least[label] = Math.min(least[label], score);
            most[label] = Math.max(most[label], score);
        }
        return least[1] < most[0] && least[0] < most[1]
                ? Optional.empty()
                : Optional.of("the scores separate the classes, so that no slope fits best");
    }

    private static double clipped(double score) {
        return Math.min(1 - CLIP, Math.max(CLIP, score));
    }

    private static double[] logits(Scored data) {
        double[] logits = new double[data.size()];
        for (int row = 0; row < logits.length; row++) {
            double p = clipped(data.score(row));
            logits[row] = StrictMath.log(p / (1 - p));
        }
        return logits;
    }
}
