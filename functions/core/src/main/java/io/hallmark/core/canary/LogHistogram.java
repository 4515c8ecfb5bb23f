package io.hallmark.core.canary;

import io.hallmark.core.json.Json;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Latencies in logarithmic buckets: {@code bucket = 1 + floor(ln(ms/0.001)/ln 1.02)}, and 0 up to 0.001 ms. Merging adds
 * counts, so the order of arrival changes nothing; a quantile is off by at most 1 %.
 *
 * @param counts per bucket
 */
public record LogHistogram(SortedMap<Integer, Long> counts) {

    public static final double GAMMA = 1.02;
    public static final double MIN_MS = 0.001;

    /** The bucket of 10^6 seconds; nothing sensible lies beyond. */
    public static final int BUCKET_MAX = 1_400;

    public static final LogHistogram EMPTY = new LogHistogram(new TreeMap<>());

    private static final double LOG_GAMMA = Math.log(GAMMA);

    public LogHistogram {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    public static int bucket(double milliseconds) {
        return milliseconds <= MIN_MS ? 0 : 1 + (int) Math.floor(Math.log(milliseconds / MIN_MS) / LOG_GAMMA);
    }

    /** The value in milliseconds that stands for a bucket, within 1 % of everything in it. */
    public static double representative(int bucket) {
        return bucket == 0 ? MIN_MS : MIN_MS * Math.pow(GAMMA, bucket - 1.0) * 2 * GAMMA / (1 + GAMMA);
    }

    public long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public LogHistogram merge(LogHistogram other) {
        if (other.counts.isEmpty()) {
            return this;
        }
        SortedMap<Integer, Long> sum = new TreeMap<>(counts);
        other.counts.forEach((bucket, count) -> sum.merge(bucket, count, Math::addExact));
        return new LogHistogram(sum);
    }

    /** The smallest bucket whose cumulative count reaches {@code ceil(q n)}, by its representative; NaN when empty. */
    public double quantile(double q) {
        long rank = (long) Math.ceil(q * count());
        long seen = 0;
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= Math.max(1, rank)) {
                return representative(entry.getKey());
            }
        }
        return Double.NaN;
    }

    public Json.Obj json() {
        Json.Obj buckets = Json.object();
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            buckets = buckets.with(entry.getKey().toString(), entry.getValue());
        }
        return buckets;
    }
}
