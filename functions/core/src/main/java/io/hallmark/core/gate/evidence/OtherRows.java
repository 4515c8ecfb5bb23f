package io.hallmark.core.gate.evidence;

import io.hallmark.core.gate.evidence.Examples.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** Reads the file of another side against the candidate's rows: of each row only its score is kept. */
final class OtherRows {

    private final CandidateRows candidate;
    private final Side side;
    private final double[] scores;
    private final BitSet seen = new BitSet();
    private final Tally strange = new Tally();
    private final Tally labels = new Tally();
    private final Tally weights = new Tally();
    private final Tally clusters = new Tally();
    private final List<Shared> shared = new ArrayList<>();

    /** How often something was found, and where first. */
    private static final class Tally {

        private final long[] count = new long[1];
        private final List<String> first = new ArrayList<>(1);

        void at(Cells cells) throws Refusal {
            if (count[0]++ == 0) {
                first.add(Cells.shown(cells.rows().text(cells.layout().id())));
            }
        }

        boolean any() {
            return count[0] > 0;
        }
    }

    /** A column that both files have. */
    private record Shared(String name, int field, CandidateRows.Coded column, Tally differing) {}

    private OtherRows(CandidateRows candidate, Side side) {
        this.candidate = candidate;
        this.side = side;
        this.scores = new double[candidate.size()];
    }

    /** The scores of the other side, by row of the candidate's file. */
    static double[] read(Cells cells, CandidateRows candidate, Side side) throws IOException {
        OtherRows other = new OtherRows(candidate, side);
        for (var column : candidate.columns().entrySet()) {
            Integer field = cells.layout().columns().get(column.getKey());
            if (field != null) {
                other.shared.add(new Shared(column.getKey(), field, column.getValue(), new Tally()));
            }
        }
        while (cells.next()) {
            other.row(cells);
        }
        other.requireSame();
        return other.scores;
    }

    private void row(Cells cells) throws Refusal {
        CsvRows row = cells.rows();
        cells.requireId();
        byte label = cells.label();
        double score = cells.score();
        int at = candidate.find(row, cells.layout().id());
        if (at == Dictionary.NONE) {
            strange.at(cells);
            return;
        }
        if (seen.get(at)) {
            throw cells.doubledId();
        }
        seen.set(at);
        scores[at] = score;
        if (label != candidate.label(at)) {
            labels.at(cells);
        }
        if (cells.layout().weight().isPresent()) {
            double weight = cells.weight(cells.layout().weight().orElseThrow());
            if (candidate.weights().isPresent() && candidate.weights().get().get(at) != weight) {
                weights.at(cells);
            }
        }
        if (cells.layout().cluster().isPresent() && candidate.clusters().isPresent()) {
            compare(
                    cells,
                    at,
                    cells.layout().cluster().orElseThrow(),
                    candidate.clusters().get(),
                    clusters);
        }
        for (Shared column : shared) {
            compare(cells, at, column.field(), column.column(), column.differing());
        }
    }

    private static void compare(Cells cells, int at, int field, CandidateRows.Coded column, Tally differing)
            throws Refusal {
        CsvRows row = cells.rows();
        int code = column.values().find(row.buffer(), row.from(field), row.to(field));
        if (code != column.codes().get(at)) {
            differing.at(cells);
        }
    }

    private void requireSame() throws Refusal {
        requireSameIds();
        requireNone(labels, "another label");
        requireNone(weights, "another weight");
        requireNone(clusters, "another cluster");
        for (Shared column : shared) {
            requireNone(column.differing(), "another value of " + Cells.shown(column.name()));
        }
    }

    private void requireSameIds() throws Refusal {
        long missing = candidate.size() - (long) seen.cardinality();
        List<String> sentences = new ArrayList<>();
        if (missing > 0) {
            sentences.add(only(missing, candidate.size(), "candidate", candidate.id(seen.nextClearBit(0))));
        }
        if (strange.any()) {
            long all = seen.cardinality() + strange.count[0];
            sentences.add(only(strange.count[0], all, name(), strange.first.get(0)));
        }
        if (!sentences.isEmpty()) {
            throw new Refusal(Refusal.MISMATCH, String.join("; ", sentences));
        }
    }

    private static String only(long some, long all, String whose, String example) {
        return Cells.grouped(some) + " of " + Cells.counted(all, "id") + (some == 1 ? " is" : " are") + " only in the "
                + whose + "'s file, such as " + Cells.shown(example);
    }

    private void requireNone(Tally tally, String what) throws Refusal {
        if (tally.any()) {
            long rows = tally.count[0];
            throw new Refusal(
                    Refusal.MISMATCH,
                    Cells.grouped(rows) + " of " + Cells.counted(candidate.size(), "row")
                            + (rows == 1 ? " has " : " have ") + what + " in the " + name() + "'s file, such as "
                            + tally.first.get(0));
        }
    }

    private String name() {
        return side.name().toLowerCase(Locale.ROOT);
    }
}
