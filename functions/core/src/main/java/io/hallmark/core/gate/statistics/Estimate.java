package io.hallmark.core.gate.statistics;

import java.util.List;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** A quantity known up to chance: its value, its standard error and one-sided confidence bounds. */
public sealed interface Estimate
        permits Estimate.Normal,
                Estimate.Student,
                Estimate.Largest,
                Estimate.Ratio,
                Estimate.Unquantified,
                BootstrapEstimate {

    double value();

    /** In the unit of the value; 0 when the sample shows no variation, infinite when it cannot be told. */
    double standardError();

    /** The one-sided lower bound: below the true quantity with this confidence, which is in (0, 1). */
    double lower(double confidence);

    /** The one-sided upper bound: above the true quantity with this confidence, which is in (0, 1). */
    double upper(double confidence);

    /** One-sided p for the hypothesis that the quantity is at least {@code bound}: small when significantly below. */
    double pValue(double bound);

    /** One-sided p for the hypothesis that the quantity is at most {@code bound}: small when significantly above. */
    double pValueAbove(double bound);

    /** The standard error is 0: bounds equal the value, and p is 0 or 1 by comparison alone. */
    default boolean degenerate() {
        return standardError() == 0;
    }

    /** Normally distributed around the true quantity. */
    record Normal(double value, double standardError) implements Estimate {

        private static final ContinuousDistribution LAW = NormalDistribution.of(0, 1);

        @Override
        public double lower(double confidence) {
            return value - standardError * LAW.inverseCumulativeProbability(checked(confidence));
        }

        @Override
        public double upper(double confidence) {
            return value + standardError * LAW.inverseCumulativeProbability(checked(confidence));
        }

        @Override
        public double pValue(double bound) {
            return below(LAW, value - bound, standardError);
        }

        @Override
        public double pValueAbove(double bound) {
            return below(LAW, bound - value, standardError);
        }
    }

    /**
     * Student's t around the true quantity.
     *
     * @param degrees of freedom, at least 1
     */
    record Student(double value, double standardError, double degrees) implements Estimate {

        @Override
        public double lower(double confidence) {
            return value - standardError * TDistribution.of(degrees).inverseCumulativeProbability(checked(confidence));
        }

        @Override
        public double upper(double confidence) {
            return value + standardError * TDistribution.of(degrees).inverseCumulativeProbability(checked(confidence));
        }

        @Override
        public double pValue(double bound) {
            return below(TDistribution.of(degrees), value - bound, standardError);
        }

        @Override
        public double pValueAbove(double bound) {
            return below(TDistribution.of(degrees), bound - value, standardError);
        }
    }

    /**
     * The largest of several quantities. A lower bound holds when one of them is shown to be above it, so its level is
     * divided by their number (Bonferroni). An upper bound holds only when all are below it, which needs no correction
     * (intersection-union). The standard error is that of the one with the largest value.
     *
     * @param of at least one
     */
    record Largest(List<Estimate> of) implements Estimate {

        public Largest {
            of = List.copyOf(of);
            if (of.isEmpty()) {
                throw new IllegalArgumentException("the largest of nothing");
            }
        }

        @Override
        public double value() {
            return of.stream().mapToDouble(Estimate::value).max().orElseThrow();
        }

        @Override
        public double standardError() {
            double value = value();
            return of.stream()
                    .filter(each -> each.value() == value)
                    .mapToDouble(Estimate::standardError)
                    .max()
                    .orElseThrow();
        }

        @Override
        public double lower(double confidence) {
            double each = 1 - (1 - checked(confidence)) / of.size();
            return of.stream().mapToDouble(one -> one.lower(each)).max().orElseThrow();
        }

        @Override
        public double upper(double confidence) {
            return of.stream().mapToDouble(one -> one.upper(confidence)).max().orElseThrow();
        }

        @Override
        public double pValue(double bound) {
            return of.stream().mapToDouble(one -> one.pValue(bound)).max().orElseThrow();
        }

        @Override
        public double pValueAbove(double bound) {
            double least =
                    of.stream().mapToDouble(one -> one.pValueAbove(bound)).min().orElseThrow();
            return Math.min(1, least * of.size());
        }
    }

    /**
     * The ratio {@code exp(-logGap)} in (0, 1], from an estimate of the log of its inverse; the standard error is that
     * of the delta method.
     */
    record Ratio(Estimate logGap) implements Estimate {

        @Override
        public double value() {
            return StrictMath.exp(-logGap.value());
        }

        @Override
        public double standardError() {
            return value() * logGap.standardError();
        }

        @Override
        public double lower(double confidence) {
            return StrictMath.exp(-logGap.upper(confidence));
        }

        @Override
        public double upper(double confidence) {
            return Math.min(1, StrictMath.exp(-logGap.lower(confidence)));
        }

        @Override
        public double pValue(double bound) {
            return bound <= 0 ? 1 : logGap.pValueAbove(-StrictMath.log(bound));
        }

        @Override
        public double pValueAbove(double bound) {
            return bound <= 0 ? 0 : logGap.pValue(-StrictMath.log(bound));
        }
    }

    /** A value whose error cannot be told: fewer than two independent observations, or a bare figure. */
    record Unquantified(double value) implements Estimate {

        @Override
        public double standardError() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public double lower(double confidence) {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        public double upper(double confidence) {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public double pValue(double bound) {
            return 1;
        }

        @Override
        public double pValueAbove(double bound) {
            return 1;
        }
    }

    private static double below(ContinuousDistribution law, double distance, double standardError) {
        if (standardError == 0) {
            return distance >= 0 ? 1 : 0;
        }
        return law.cumulativeProbability(distance / standardError);
    }

    private static double checked(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence is not in (0, 1): " + confidence);
        }
        return confidence;
    }
}
