package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Latency;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.statistics.HistogramQuantile;
import io.hallmark.core.gate.statistics.OrderStatistic;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A quantile of measured latencies, such as {@code latency_p99} or {@code latency_p99.9}, in milliseconds. */
final class LatencyQuantile {

    private static final Pattern NAME = Pattern.compile("latency_p([0-9]{1,2}(?:\\.[0-9]{1,2})?)");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private LatencyQuantile() {}

    static boolean names(String metric) {
        return NAME.matcher(metric).matches();
    }

    /** The quantile that a metric names, in (0, 1). */
    static Optional<Double> quantile(String metric) {
        Matcher name = NAME.matcher(metric);
        return name.matches()
                ? Optional.of(new BigDecimal(name.group(1)).divide(HUNDRED).doubleValue())
                        .filter(found -> found > 0)
                : Optional.empty();
    }

    /** The quantile with its upper bound, if the report has enough calls to bound it. */
    static Quantity of(String metric, Report report, BigDecimal confidence) {
        Optional<Double> asked = quantile(metric);
        Optional<Latency> latency = report.latency().filter(found -> found.samples() > 0);
        if (asked.isEmpty() || latency.isEmpty()) {
            return new Quantity.Unknown(Verdict.ERROR, "METRIC_MISSING", "the evidence has no latencies");
        }
        double quantile = asked.get();
        Latency found = latency.get();
        HistogramQuantile estimate =
                new HistogramQuantile(quantile, new TreeMap<>(found.counts()), found.gamma(), found.min());
        OrderStatistic order = new OrderStatistic(quantile, confidence.doubleValue());
        if (found.samples() < order.minimum()) {
            return new Quantity.Unknown(
                    Verdict.INCONCLUSIVE,
                    "INSUFFICIENT_SAMPLES",
                    found.samples() + " calls cannot bound " + metric + "; " + order.minimum() + " can");
        }
        return new Quantity.Known(
                Decimals.of(estimate.value()),
                Optional.of(estimate),
                false,
                Optional.of(found.samples()),
                Quantity.Basis.LATENCY);
    }
}
