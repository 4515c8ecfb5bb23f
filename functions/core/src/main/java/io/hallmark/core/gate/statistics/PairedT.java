package io.hallmark.core.gate.statistics;

/** The mean difference of paired values, such as the losses of two models per example or their NDCG per query. */
public final class PairedT {

    private PairedT() {}

    /**
     * Student's t with {@code n - 1} degrees of freedom; unquantified for fewer than two pairs.
     *
     * @throws IllegalArgumentException for unequal lengths, no pair, or a value that is not finite
     */
    public static Estimate of(double[] candidate, double[] baseline) {
        return influence(candidate).minus(influence(baseline)).estimate();
    }

    private static Influence influence(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("value is not finite: " + value);
            }
        }
        double mean = Sums.of(values) / values.length;
        double[] rows = new double[values.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (values[i] - mean) / rows.length;
        }
        return Influence.mean(mean, rows, rows.length);
    }
}
