package io.hallmark.core.gate.statistics;

import java.util.Arrays;

/**
 * Holm's step-down correction of a family of p-values. Source: Holm, A Simple Sequentially Rejective Multiple Test
 * Procedure, Scandinavian Journal of Statistics 6 (1979).
 */
public final class Holm {

    private Holm() {}

    /**
     * The adjusted p-values in the order given: the smallest level of the family at which each is rejected.
     *
     * @throws IllegalArgumentException for a p-value outside [0, 1]
     */
    public static double[] adjusted(double[] pValues) {
        double[] sorted = pValues.clone();
        Arrays.sort(sorted);
        double[] steps = new double[sorted.length];
        double largest = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (!(sorted[i] >= 0 && sorted[i] <= 1)) {
                throw new IllegalArgumentException("not a p-value: " + sorted[i]);
            }
            largest = Math.max(largest, Math.min(1, sorted[i] * (sorted.length - i)));
            steps[i] = largest;
        }
        double[] adjusted = new double[pValues.length]; // equal p-values have equal steps: m p >= (m - 1) p
        for (int i = 0; i < adjusted.length; i++) {
            adjusted[i] = steps[Arrays.binarySearch(sorted, pValues[i])];
        }
        return adjusted;
    }

    /** Which of the hypotheses are rejected with at most this chance of one false rejection. */
    public static boolean[] rejected(double[] pValues, double level) {
        double[] adjusted = adjusted(pValues);
        boolean[] rejected = new boolean[adjusted.length];
        for (int i = 0; i < rejected.length; i++) {
            rejected[i] = adjusted[i] <= level;
        }
        return rejected;
    }
}
