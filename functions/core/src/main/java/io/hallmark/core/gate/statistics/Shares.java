package io.hallmark.core.gate.statistics;

/** Shares of a part of the rows; the influence of a row in the part is {@code w (x - share) / sum of w}, else 0. */
final class Shares {

    private Shares() {}

    private interface Test {
        boolean of(int row);
    }

    static Measured precision(Scored data, double threshold) {
        return share(data, row -> data.score(row) >= threshold, data::label, "nobody is predicted positive");
    }

    static Measured recall(Scored data, double threshold) {
        return share(data, data::label, row -> data.score(row) >= threshold, "no positive examples");
    }

    static Measured falsePositiveRate(Scored data, double threshold) {
        return share(data, row -> !data.label(row), row -> data.score(row) >= threshold, "no negative examples");
    }

    private static Measured share(Scored data, Test part, Test hit, String otherwise) {
        int size = data.size();
        double weights = Sums.of(size, row -> part.of(row) ? data.weight(row) : 0);
        if (weights == 0) {
            return new Measured.Undefined(otherwise);
        }
        double share = Sums.of(size, row -> part.of(row) && hit.of(row) ? data.weight(row) : 0) / weights;
        double[] rows = new double[size];
        for (int row = 0; row < size; row++) {
            rows[row] = part.of(row) ? data.weight(row) * ((hit.of(row) ? 1 : 0) - share) / weights : 0;
        }
        return new Measured.Of(Influence.sandwich(share, rows));
    }
}
