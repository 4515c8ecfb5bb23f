package io.hallmark.core.gate.statistics;

/** Metrics that are a weighted mean over all rows; the influence of a row is {@code w (x - mean) / sum of w}. */
final class Means {

    private static final double CLIP = 1e-15;
    private static final int BINS = 10;

    private Means() {}

    static Measured logLoss(Scored data) {
        return probabilities(data, row -> {
            double clipped = Math.min(1 - CLIP, Math.max(CLIP, data.score(row)));
            return -StrictMath.log(data.label(row) ? clipped : 1 - clipped);
        });
    }

    static Measured brier(Scored data) {
        return probabilities(data, row -> {
            double error = data.score(row) - (data.label(row) ? 1 : 0);
            return error * error;
        });
    }

    static Measured accuracy(Scored data, double threshold) {
        return mean(data, row -> data.score(row) >= threshold == data.label(row) ? 1 : 0);
    }

    static Measured selectionRate(Scored data, double threshold) {
        return mean(data, row -> data.score(row) >= threshold ? 1 : 0);
    }

    /** Sum over bins of {@code |sum of w (label - score)| / sum of w}. Source: Naeini et al., AAAI 2015. */
    static Measured expectedCalibrationError(Scored data) {
        if (!probabilities(data)) {
            return NOT_PROBABILITIES;
        }
        double total = 0;
        double weights = Sums.of(data.size(), data::weight);
        for (int bin = 0; bin < BINS; bin++) {
            int wanted = bin;
            total += Math.abs(Sums.of(
                    data.size(),
                    row -> Math.min(BINS - 1, (int) (data.score(row) * BINS)) == wanted
                            ? data.weight(row) * ((data.label(row) ? 1 : 0) - data.score(row))
                            : 0));
        }
        return new Measured.Point(total / weights);
    }

    static final Measured NOT_PROBABILITIES = new Measured.Undefined("a score is not a probability in [0, 1]");

    static boolean probabilities(Scored data) {
        for (int row = 0; row < data.size(); row++) {
            if (data.score(row) < 0 || data.score(row) > 1) {
                return false;
            }
        }
        return true;
    }

    private static Measured probabilities(Scored data, Sums.Term term) {
        return probabilities(data) ? mean(data, term) : NOT_PROBABILITIES;
    }

    private static Measured mean(Scored data, Sums.Term term) {
        int size = data.size();
        double[] rows = new double[size];
        for (int row = 0; row < size; row++) {
            rows[row] = term.at(row);
        }
        double weights = Sums.of(size, data::weight);
        double mean = constant(rows) ? rows[0] : Sums.of(size, row -> data.weight(row) * rows[row]) / weights;
        for (int row = 0; row < size; row++) {
            rows[row] = data.weight(row) * (rows[row] - mean) / weights;
        }
        return new Measured.Of(Influence.mean(mean, rows, size));
    }

    /** A mean of equal values is that value to the last bit, so that its standard error is 0. */
    private static boolean constant(double[] rows) {
        for (double each : rows) {
            if (each != rows[0]) {
                return false;
            }
        }
        return true;
    }
}
