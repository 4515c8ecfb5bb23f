package io.hallmark.handlers.telemetry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lines of the CloudWatch embedded metric format (CloudWatch User Guide, "Specification: Embedded metric format"): at most
 * 100 metrics in a directive and 100 values of a metric in a line. A line has the dimension sets [Environment] and
 * [Environment, Function]; where values have a reason there is a line per reason, which has [Environment, Reason] too. No
 * dimension is ever the name of a model, or of anything else that users make up.
 */
final class MetricLines {

    private static final String NAMESPACE = "Hallmark";
    private static final int VALUES_MAX = 100;
    private static final int DIMENSION_MAX = 64;

    private final String environment;
    private final String function;

    MetricLines(String environment, String function) {
        this.environment = dimension(environment);
        this.function = dimension(function);
    }

    /** The lines that say all of this. */
    List<String> of(Instant at, Map<Telemetry.Measured, List<Double>> measured) {
        Map<String, Map<Metric, List<Double>>> byReason = new LinkedHashMap<>();
        measured.forEach((what, values) -> byReason.computeIfAbsent(what.reason(), first -> new LinkedHashMap<>())
                .merge(what.metric(), values, MetricLines::joined));
        List<String> lines = new ArrayList<>();
        byReason.forEach((reason, metrics) -> {
            int most = metrics.values().stream().mapToInt(List::size).max().orElse(0);
            for (int from = 0; from < most; from += VALUES_MAX) {
                lines.add(line(at, reason, part(metrics, from)));
            }
        });
        return lines;
    }

    private static List<Double> joined(List<Double> some, List<Double> more) {
        List<Double> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static Map<Metric, List<Double>> part(Map<Metric, List<Double>> metrics, int from) {
        Map<Metric, List<Double>> part = new LinkedHashMap<>();
        metrics.forEach((metric, values) -> {
            if (from < values.size()) {
                part.put(metric, values.subList(from, Math.min(values.size(), from + VALUES_MAX)));
            }
        });
        return part;
    }

    private String line(Instant at, String reason, Map<Metric, List<Double>> metrics) {
        boolean reasoned = !reason.isEmpty();
        String sets = "[[\"Environment\"],[\"Environment\",\"Function\"]"
                + (reasoned ? ",[\"Environment\",\"Reason\"]]" : "]");
        String names = metrics.keySet().stream()
                .map(metric -> new LogLine()
                        .with("Name", metric.metricName())
                        .with("Unit", metric.unit().word())
                        .toString())
                .collect(Collectors.joining(",", "[", "]"));
        String directive = new LogLine()
                .with("Namespace", NAMESPACE)
                .withJson("Dimensions", sets)
                .withJson("Metrics", names)
                .toString();
        String aws = new LogLine()
                .with("Timestamp", at.toEpochMilli())
                .withJson("CloudWatchMetrics", "[" + directive + "]")
                .toString();
        LogLine line = new LogLine()
                .withJson("_aws", aws)
                .with("Environment", environment)
                .with("Function", function);
        if (reasoned) {
            line.with("Reason", dimension(reason));
        }
        metrics.forEach((metric, values) -> line.withJson(metric.metricName(), values(values)));
        return line.toString();
    }

    private static String values(List<Double> values) {
        List<String> texts = values.stream().map(MetricLines::number).toList();
        return texts.size() == 1 ? texts.get(0) : "[" + String.join(",", texts) + "]";
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** Dimensions are ASCII without control characters and not empty, at most 1,024; ours are short words. */
    private static String dimension(String value) {
        String word = value.replaceAll("[^A-Za-z0-9_.:/-]", "_");
        return word.isEmpty() ? "none" : word.substring(0, Math.min(word.length(), DIMENSION_MAX));
    }
}
