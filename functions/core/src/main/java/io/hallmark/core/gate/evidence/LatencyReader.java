package io.hallmark.core.gate.evidence;

import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads a latency histogram, and how it came about. */
final class LatencyReader {

    private static final int BUCKETS_MAX = 100_000;
    private static final long COUNT_MAX = 1L << 50;
    private static final double GAMMA_MAX = 2;
    private static final Set<String> ARRIVALS = Set.of("open-loop", "closed-loop");

    private LatencyReader() {}

    /** Reads the object to its end; empty if the histogram itself cannot be used. */
    static Optional<Latency> read(ObjectReader object) {
        Optional<BigDecimal> gamma = object.decimal("gamma").filter(value -> gamma(object, value.doubleValue()));
        Optional<BigDecimal> min = object.decimal("min").filter(value -> min(object, value.doubleValue()));
        object.parsed("unit", "UNIT", LatencyReader::unit);
        Optional<Map<Integer, Long>> counts = object.object("counts").map(LatencyReader::counts);
        Optional<Boolean> openLoop = openLoop(object);
        Json.Obj hardware = hardware(object);
        object.optionalInteger("warmupExcluded", 0, COUNT_MAX);
        object.finish();
        if (counts.filter(found -> found.values().stream().allMatch(n -> n == 0))
                .isPresent()) {
            object.refuse("counts", "METRIC_RANGE", "the histogram has no calls");
        }
        return gamma.flatMap(factor -> min.flatMap(least -> counts.map(
                found -> new Latency(factor.doubleValue(), least.doubleValue(), found, openLoop, hardware))));
    }

    /** Whether requests arrived independently of answers: as {@code openLoop}, or by the name of the arrival. */
    static Optional<Boolean> openLoop(ObjectReader object) {
        Optional<Boolean> flag = object.optionalFlag("openLoop");
        Optional<Boolean> named = object.optionalParsed("arrival", "ARRIVAL", LatencyReader::arrival);
        if (flag.isPresent() && named.isPresent() && !flag.equals(named)) {
            object.refuse("openLoop", "ARRIVAL", "openLoop and arrival contradict each other");
        }
        return flag.or(() -> named);
    }

    static Json.Obj hardware(ObjectReader object) {
        object.optionalObject("hardware");
        return object.optional("hardware")
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .orElse(Json.object());
    }

    private static boolean arrival(String text) {
        if (!ARRIVALS.contains(text)) {
            throw new IllegalArgumentException("an arrival is open-loop or closed-loop");
        }
        return text.equals("open-loop");
    }

    private static String unit(String text) {
        if (!text.equals("ms")) {
            throw new IllegalArgumentException("latencies are in ms");
        }
        return text;
    }

    private static boolean gamma(ObjectReader object, double gamma) {
        boolean fits = gamma > 1 && gamma <= GAMMA_MAX;
        if (!fits) {
            object.refuse("gamma", "METRIC_RANGE", "gamma is above 1 and at most 2");
        }
        return fits;
    }

    private static boolean min(ObjectReader object, double min) {
        boolean fits = min > 0;
        if (!fits) {
            object.refuse("min", "METRIC_RANGE", "the latency of the first bucket is above 0 ms");
        }
        return fits;
    }

    private static Map<Integer, Long> counts(ObjectReader object) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (String bucket : object.names()) {
            object.known(bucket);
            if (!bucket.matches("0|[1-9][0-9]{0,5}") || Integer.parseInt(bucket) > BUCKETS_MAX) {
                object.refuse(bucket, "BUCKET", "a bucket is a whole number from 0 to " + BUCKETS_MAX);
            } else {
                count(object, bucket).ifPresent(n -> counts.put(Integer.parseInt(bucket), n));
            }
        }
        return counts;
    }

    private static Optional<Long> count(ObjectReader object, String bucket) {
        boolean below = object.optional(bucket)
                .filter(value ->
                        value instanceof Json.Num number && number.value().signum() < 0)
                .isPresent();
        if (below) {
            object.refuse(bucket, "METRIC_RANGE", "a bucket cannot hold fewer than 0 calls");
            return Optional.empty();
        }
        return object.integer(bucket, 0, COUNT_MAX);
    }
}
