package io.hallmark.cli.fleet;

import io.hallmark.client.LatencyHistogram;
import io.hallmark.client.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * How a version behaved when it was measured: its latencies and its scores on the evaluation rows.
 *
 * @param latencies milliseconds and how often, in rising order of the running total
 * @param rows label and score per evaluation row, in the order of the file
 * @param threshold from which score on it says yes
 */
record RecordedModel(List<Latency> latencies, List<Row> rows, double threshold) {

    /** What a model without evidence is taken for. */
    static final RecordedModel UNKNOWN = new RecordedModel(List.of(new Latency(1, 1)), List.of(), 0.5);

    /** A latency, and how many measurements were at most this long. */
    record Latency(double millis, long upTo) {}

    /** One evaluation row. */
    record Row(boolean label, double score) {}

    RecordedModel {
        latencies = List.copyOf(latencies);
        rows = List.copyOf(rows);
    }

    /** Reads {@code latency/histogram.json} and the lines of {@code evaluation/predictions.csv}. */
    static RecordedModel read(JsonValue histogram, Stream<String> predictions, double threshold) {
        List<Latency> latencies = new ArrayList<>();
        long total = 0;
        for (Map.Entry<String, JsonValue> bucket :
                histogram.at("counts").fields().entrySet()) {
            total += bucket.getValue().integer().orElse(0L);
            latencies.add(new Latency(LatencyHistogram.midpoint(Integer.parseInt(bucket.getKey())), total));
        }
        List<Row> rows = predictions.skip(1).map(RecordedModel::row).toList();
        return new RecordedModel(total == 0 ? UNKNOWN.latencies() : latencies, rows, threshold);
    }

    private static Row row(String line) {
        String[] columns = line.split(",", 4);
        return new Row(columns[1].equals("1"), Double.parseDouble(columns[2]));
    }

    /** A latency drawn from the measured ones. */
    double latency(RandomGenerator random) {
        long drawn = random.nextLong(latencies.get(latencies.size() - 1).upTo());
        int low = 0;
        int high = latencies.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (latencies.get(middle).upTo() > drawn) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return latencies.get(low).millis();
    }

    boolean saysYes(int row) {
        return rows.get(row).score() >= threshold;
    }
}
