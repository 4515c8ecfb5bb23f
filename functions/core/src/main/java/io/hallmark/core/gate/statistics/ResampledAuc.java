package io.hallmark.core.gate.statistics;

import java.util.Arrays;

/** The AUC of resampled rows, whose scores are ranked once. */
final class ResampledAuc implements Bootstrap.Statistic {

    private final Scored data;
    private final int[] place;
    private final int places;

    ResampledAuc(Scored data) {
        this.data = data;
        double[] distinct = DeLong.distinct(data.scores());
        this.places = distinct.length;
        this.place = new int[data.size()];
        Arrays.setAll(place, row -> Arrays.binarySearch(distinct, data.score(row)));
    }

    @Override
    public double of(int[] counts) {
        double[] positive = new double[places];
        double[] negative = new double[places];
        for (int row = 0; row < counts.length; row++) {
            (data.label(row) ? positive : negative)[place[row]] += counts[row] * data.weight(row);
        }
        return DeLong.area(positive, negative) / Sums.of(positive) / Sums.of(negative);
    }
}
