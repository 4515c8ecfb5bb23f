package io.hallmark.core.gate.statistics;

import java.util.Arrays;

/** Values of a ranking metric per query, and their mean. */
final class Rankings {

    private Rankings() {}

    /**
     * The mean over queries. NDCG leaves out queries without a relevant example, on which it has no value. The influence
     * of a query is on its first row, so that coarser clusters, such as users, can be summed over.
     */
    static Measured measure(RankingMetric metric, Scored data) {
        if (!data.isClustered()) {
            return new Measured.Undefined(metric.field() + " needs the query of every example");
        }
        if (data.isWeighted()) {
            return new Measured.Undefined(metric.field() + " is not defined for weighted examples");
        }
        int[] queries = data.clusters();
        int[] start = starts(queries);
        int[] byQuery = byQuery(queries, start);
        double[] gain = gains(metric, data.size());
        double[] values = new double[start.length - 1];
        int counted = 0;
        for (int query = 0; query < values.length; query++) {
            values[query] = value(metric, data, gain, Arrays.copyOfRange(byQuery, start[query], start[query + 1]));
            counted += Double.isNaN(values[query]) ? 0 : 1;
        }
        if (counted == 0) {
            return new Measured.Undefined("no query has a relevant example");
        }
        double mean = Sums.of(values.length, query -> Double.isNaN(values[query]) ? 0 : values[query]) / counted;
        double[] rows = new double[data.size()];
        for (int query = 0; query < values.length; query++) {
            if (!Double.isNaN(values[query])) {
                rows[byQuery[start[query]]] = (values[query] - mean) / counted;
            }
        }
        return new Measured.Of(Influence.mean(mean, rows, counted));
    }

    /** NaN where the query does not count. */
    private static double value(RankingMetric metric, Scored data, double[] gain, int[] rows) {
        double[] distinct =
                Arrays.stream(rows).mapToDouble(data::score).sorted().distinct().toArray();
        int[] relevant = new int[distinct.length];
        int[] all = new int[distinct.length];
        int positives = 0;
        for (int row : rows) {
            int place = Arrays.binarySearch(distinct, data.score(row));
            all[place]++;
            relevant[place] += data.label(row) ? 1 : 0;
            positives += data.label(row) ? 1 : 0;
        }
        boolean normalised = metric.kind() == RankingMetric.Kind.NDCG;
        if (rows.length == 0 || (normalised && positives == 0)) {
            return Double.NaN;
        }
        int last = gain.length - 1;
        double sum = 0;
        int above = 0;
        for (int i = distinct.length - 1; i >= 0 && above < last; i--) {
            double share = (double) relevant[i] / all[i];
            sum += share * (gain[Math.min(last, above + all[i])] - gain[above]);
            above += all[i];
        }
        return sum / (normalised ? gain[Math.min(last, positives)] : metric.k());
    }

    /** What the first i places are worth together, for i up to K or the number of examples. */
    private static double[] gains(RankingMetric metric, int size) {
        double[] gains = new double[Math.min(metric.k(), size) + 1];
        for (int i = 1; i < gains.length; i++) {
            double place = metric.kind() == RankingMetric.Kind.NDCG ? StrictMath.log(2) / StrictMath.log(i + 1.0) : 1;
            gains[i] = gains[i - 1] + place;
        }
        return gains;
    }

    private static int[] starts(int[] queries) {
        int[] start = new int[Arrays.stream(queries).max().orElse(-1) + 2];
        for (int query : queries) {
            start[query + 1]++;
        }
        for (int i = 1; i < start.length; i++) {
            start[i] += start[i - 1];
        }
        return start;
    }

    private static int[] byQuery(int[] queries, int[] start) {
        int[] next = start.clone();
        int[] rows = new int[queries.length];
        for (int row = 0; row < queries.length; row++) {
            rows[next[queries[row]]++] = row;
        }
        return rows;
    }
}
