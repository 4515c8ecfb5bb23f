package io.hallmark.core.gate.statistics;

/**
 * What training alone does to a metric: the spread of its values over replicates, which differ in nothing but seeds.
 *
 * @param replicates how many values
 * @param least of them
 * @param most of them
 */
public record Noise(int replicates, double least, double most) {

    /**
     * The noise that these values show.
     *
     * @throws IllegalArgumentException for no value, or one that is not finite
     */
    public static Noise of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no replicates");
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("value is not finite: " + value);
            }
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return new Noise(values.length, least, most);
    }

    /** In the unit of the metric; 0 for a single replicate, which shows nothing. */
    public double spread() {
        return most - least;
    }
}
