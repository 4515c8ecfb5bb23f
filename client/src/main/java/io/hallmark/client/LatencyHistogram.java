package io.hallmark.client;

import io.hallmark.client.json.JsonValue;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * Latencies in logarithmic buckets, mergeable without loss: bucket 0 holds up to 0.001 ms, bucket {@code i} holds up to
 * 0.001 · 1.02^i ms, so a quantile is wrong by at most 1 %. Not safe for use by several threads.
 */
public final class LatencyHistogram {

    private static final double GAMMA = 1.02;
    private static final double MIN_MILLIS = 0.001;
    private static final int BUCKET_MAX = 1500;

    private final Map<Integer, Long> counts = new TreeMap<>();

    /** The bucket of a latency; what is above some three months shares the last one. */
    public static int bucket(double millis) {
        if (!(millis > MIN_MILLIS)) {
            return 0;
        }
        double exponent = Math.floor(Math.log(millis / MIN_MILLIS) / Math.log(GAMMA));
        return 1 + (int) Math.min(BUCKET_MAX - 1, exponent);
    }

    /** A latency in the middle of a bucket, in milliseconds. */
    public static double midpoint(int bucket) {
        return bucket == 0 ? MIN_MILLIS : MIN_MILLIS * Math.pow(GAMMA, bucket - 0.5);
    }

    public void add(double millis) {
        counts.merge(bucket(millis), 1L, Long::sum);
    }

    /** The form that observations carry. */
    public JsonValue toJson() {
        JsonValue buckets = JsonValue.object();
        for (var entry : counts.entrySet()) {
            buckets = buckets.with(entry.getKey().toString(), entry.getValue());
        }
        return JsonValue.object()
                .with("gamma", JsonValue.of(new BigDecimal("1.02")))
                .with("min", JsonValue.of(new BigDecimal("0.001")))
                .with("counts", buckets);
    }
}
