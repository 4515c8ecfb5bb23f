package io.hallmark.core.gate.evidence;

import io.hallmark.core.gate.policy.Rule.Slice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Labelled examples with the scores of one or more models, one row each, in the order of the candidate's file. Immutable:
 * nobody writes into the arrays.
 */
public final class Examples {

    private final byte[] labels;
    private final Map<Side, double[]> scores;
    private final Optional<double[]> weights;
    private final Optional<int[]> clusters;
    private final Map<String, Column> columns;

    /** Whose scores. */
    public enum Side {
        CANDIDATE,
        BASELINE,
        ANCHOR
    }

    /** A column of slice or group values; {@code values} is sorted. */
    public static final class Column {

        private final List<String> values;
        private final int[] codes;

        /** A column; {@code codes[row]} is the index of the row's value. */
        public Column(List<String> values, int[] codes) {
            this.values = List.copyOf(values);
            this.codes = codes;
        }

        public List<String> values() {
            return values;
        }

        public int[] codes() {
            return codes;
        }
    }

    /**
     * Examples.
     *
     * @param labels 0 or 1 per row
     * @param scores finite, per side and row; the candidate's are there
     * @param clusters codes of rows that belong together, from 0
     */
    public Examples(
            byte[] labels,
            Map<Side, double[]> scores,
            Optional<double[]> weights,
            Optional<int[]> clusters,
            Map<String, Column> columns) {
        this.labels = labels;
        this.scores = Map.copyOf(scores);
        this.weights = weights;
        this.clusters = clusters;
        this.columns = java.util.Collections.unmodifiableMap(new TreeMap<>(columns));
    }

    public int size() {
        return labels.length;
    }

    public byte[] labels() {
        return labels;
    }

    public Optional<double[]> scores(Side side) {
        return Optional.ofNullable(scores.get(side));
    }

    public Optional<double[]> weights() {
        return weights;
    }

    public Optional<int[]> clusters() {
        return clusters;
    }

    public Map<String, Column> columns() {
        return columns;
    }

    /** The rows of a slice, in order; none if the column or the value is not there. */
    public int[] rows(Slice slice) {
        Column column = columns.get(slice.column());
        int code = column == null ? -1 : column.values().indexOf(slice.value());
        if (column == null || code < 0) {
            return new int[0];
        }
        int[] codes = column.codes();
        return IntStream.range(0, codes.length)
                .filter(row -> codes[row] == code)
                .toArray();
    }
}
