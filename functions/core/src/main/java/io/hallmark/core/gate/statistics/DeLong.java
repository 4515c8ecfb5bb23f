package io.hallmark.core.gate.statistics;

import java.util.Arrays;

/**
 * The area under the ROC curve with DeLong's variance, by midranks in {@code O(n log n)}. With positive {@code i} and
 * negative {@code j}, {@code AUC = sum of w_i w_j psi_ij / (W+ W-)}, where psi is 1 when the positive scores higher, one
 * half for a tie and 0 otherwise. A positive's component {@code V10_i} is the weighted share of negatives below it, a
 * negative's {@code V01_j} that of positives above it; the influences are {@code w (V - AUC) / W} of the own class.
 * Sources: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988); Sun and Xu, IEEE Signal Processing Letters 21
 * (2014).
 */
public final class DeLong {

    private DeLong() {}

    /** The area and its influences; undefined with a single class. */
    public static Measured auc(Scored data) {
        if (data.positives() == 0 || data.negatives() == 0) {
            return new Measured.Undefined(
                    "a single class: " + data.positives() + " positive and " + data.negatives() + " negative examples");
        }
        boolean[] labels = data.labels();
        double[] scores = data.scores();
        double[] distinct = distinct(scores);
        int[] place = new int[scores.length];
        double[] positive = new double[distinct.length];
        double[] negative = new double[distinct.length];
        for (int row = 0; row < scores.length; row++) {
            place[row] = Arrays.binarySearch(distinct, scores[row]);
            (labels[row] ? positive : negative)[place[row]] += data.weight(row);
        }
        double positives = Sums.of(positive);
        double negatives = Sums.of(negative);
        double area = area(positive, negative) / positives / negatives;
        below(negative);
        below(positive);
        double[] rows = new double[scores.length];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = labels[row]
                    ? data.weight(row) * (negative[place[row]] / negatives - area) / positives
                    : data.weight(row) * (1 - positive[place[row]] / positives - area) / negatives;
        }
        return new Measured.Of(Influence.twoSamples(area, rows, labels));
    }

    static double[] distinct(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[count++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    /** The sum of {@code w_i w_j psi_ij}; exact for unit weights below 2^53. */
    static double area(double[] positive, double[] negative) {
        double[] below = negative.clone();
        below(below);
        return Sums.of(positive.length, i -> positive[i] * below[i]);
    }

    /** Replaces weights by score with the weight below each score plus half of its own. */
    private static void below(double[] weights) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double own = weights[i];
            weights[i] = sum + own / 2;
            sum += own;
        }
    }
}
