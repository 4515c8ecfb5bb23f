package io.hallmark.core.gate.statistics;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A quantile of values of which only a histogram is known. Value and upper bound are upper edges of buckets; the bound is
 * an order statistic and infinite for too few values. Nothing is said below, and no error is given.
 *
 * @param counts per bucket, see {@link OrderStatistic#upperEdge}
 */
public record HistogramQuantile(double quantile, SortedMap<Integer, Long> counts, double gamma, double min)
        implements Estimate {

    public HistogramQuantile {
        counts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        if (counts.values().stream().mapToLong(Long::longValue).sum() == 0) {
            throw new IllegalArgumentException("a histogram of nothing");
        }
    }

    @Override
    public double value() {
        long n = counts.values().stream().mapToLong(Long::longValue).sum();
        long rank = (long) Math.ceil(quantile * n);
        long seen = 0;
        int bucket = counts.firstKey();
        for (var entry : counts.entrySet()) {
            seen += entry.getValue();
            bucket = entry.getKey();
            if (seen >= rank) {
                break;
            }
        }
        return min * StrictMath.pow(gamma, bucket);
    }

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
        return new OrderStatistic(quantile, confidence)
                .upperEdge(counts, gamma, min)
                .orElse(Double.POSITIVE_INFINITY);
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
