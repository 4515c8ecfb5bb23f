package io.hallmark.core.gate.evidence;

import io.hallmark.core.gate.evidence.Examples.Column;
import io.hallmark.core.gate.evidence.Examples.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All rows of the candidate's file, held in columns. The other files are read against them. */
final class CandidateRows {

    private static final int LARGE_BLOCK = 20;
    private static final int SMALL_BLOCK = 13;
    private static final int ROWS_PER_CHECK = 1024;

    private final Layout layout;
    private final Dictionary ids = new Dictionary(LARGE_BLOCK);
    private final BitSet labels = new BitSet();
    private final Growing.Doubles scores = new Growing.Doubles();
    private final Optional<Growing.Doubles> weights;
    private final Optional<Coded> clusters;
    private final Map<String, Coded> columns = new TreeMap<>();

    /** A column of texts as codes, in order of first appearance. */
    record Coded(int field, Dictionary values, Growing.Ints codes) {

        private static Coded of(int field, int block) {
            return new Coded(field, new Dictionary(block), new Growing.Ints());
        }
    }

    private CandidateRows(Layout layout) {
        this.layout = layout;
        this.weights = layout.weight().map(field -> new Growing.Doubles());
        this.clusters = layout.cluster().map(field -> Coded.of(field, LARGE_BLOCK));
        layout.columns().forEach((name, field) -> columns.put(name, Coded.of(field, SMALL_BLOCK)));
    }

    /**
     * Reads all rows.
     *
     * @param sides how many files the rows will have scores of
     */
    static CandidateRows read(Cells cells, PredictionLimits limits, int sides) throws IOException {
        CandidateRows all = new CandidateRows(cells.layout());
        while (cells.next()) {
            all.add(cells, limits);
            if (all.size() % ROWS_PER_CHECK == 0) {
                all.requireMemory(limits, sides);
            }
        }
        all.requireMemory(limits, sides);
        return all;
    }

    private void add(Cells cells, PredictionLimits limits) throws Refusal {
        CsvRows row = cells.rows();
        cells.requireId();
        int at = ids.add(row.buffer(), row.from(layout.id()), row.to(layout.id()));
        if (at == Dictionary.NONE) {
            throw cells.doubledId();
        }
        if (cells.label() == 1) {
            labels.set(at);
        }
        scores.put(at, cells.score());
        if (weights.isPresent()) {
            weights.get().put(at, cells.weight(layout.weight().orElseThrow()));
        }
        if (clusters.isPresent()) {
            put(row, at, clusters.get());
        }
        for (Coded column : columns.values()) {
            int before = column.values().size();
            put(row, at, column);
            if (column.values().size() > before) {
                requireFewValues(limits);
            }
        }
    }

    private static void put(CsvRows row, int at, Coded column) throws Refusal {
        int known = column.values().size();
        int code = column.values().codeOf(row.buffer(), row.from(column.field()), row.to(column.field()));
        if (code == known) {
            row.requireUtf8(column.field());
        }
        column.codes().put(at, code);
    }

    private void requireFewValues(PredictionLimits limits) throws Refusal {
        long values = columns.values().stream()
                .mapToLong(column -> column.values().size())
                .sum();
        if (values > limits.valuesMax()) {
            throw Refusal.limit("the slice and group columns have more than " + Cells.grouped(limits.valuesMax())
                    + " different values");
        }
    }

    private void requireMemory(PredictionLimits limits, int sides) throws Refusal {
        long perRow = (long) Double.BYTES * (sides + (weights.isPresent() ? 1 : 0))
                + (long) Integer.BYTES * (columns.size() + (clusters.isPresent() ? 1 : 0))
                + 1;
        long held = perRow * size()
                + ids.bytes()
                + clusters.map(column -> column.values().bytes()).orElse(0L);
        if (held > limits.memoryBytesMax()) {
            throw Refusal.limit("the rows need more than " + Cells.grouped(limits.memoryBytesMax())
                    + " bytes of memory: fewer rows, fewer columns or shorter ids are needed");
        }
    }

    int size() {
        return ids.size();
    }

    Layout layout() {
        return layout;
    }

    /** The row of this id, or {@link Dictionary#NONE}. */
    int find(CsvRows row, int field) throws Refusal {
        return ids.find(row.buffer(), row.from(field), row.to(field));
    }

    String id(int at) {
        return ids.textOf(at);
    }

    int label(int at) {
        return labels.get(at) ? 1 : 0;
    }

    Optional<Growing.Doubles> weights() {
        return weights;
    }

    Optional<Coded> clusters() {
        return clusters;
    }

    Map<String, Coded> columns() {
        return columns;
    }

    /** The examples with the scores of the other sides added. The rows here are used up. */
    Examples examples(Map<Side, double[]> others) {
        int size = size();
        byte[] ones = new byte[size];
        labels.stream().forEach(at -> ones[at] = 1);
        Map<Side, double[]> all = new HashMap<>(others);
        all.put(Side.CANDIDATE, scores.drain(size));
        Map<String, Column> sorted = new TreeMap<>();
        columns.forEach((name, column) -> sorted.put(name, sorted(column, size)));
        return new Examples(
                ones,
                all,
                weights.map(column -> column.drain(size)),
                clusters.map(column -> column.codes().drain(size)),
                sorted);
    }

    private static Column sorted(Coded column, int size) {
        List<String> texts = column.values().texts();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparing(texts::get));
        int[] place = new int[texts.size()];
        for (int i = 0; i < place.length; i++) {
            place[order.get(i)] = i;
        }
        int[] codes = column.codes().drain(size);
        for (int i = 0; i < size; i++) {
            codes[i] = place[codes[i]];
        }
        return new Column(order.stream().map(texts::get).toList(), codes);
    }
}
