package io.hallmark.core.gate.evidence;

import io.hallmark.core.gate.evidence.Examples.Side;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Joins predictions files, {@code docs/evidence.md}, by their ids. The order of the candidate's file is the order of the
 * examples; the other files may have any other. Weights, clusters, slices and groups are the candidate's, and where another
 * file has the same column it has to say the same.
 */
public final class Join {

    private Join() {}

    /** Where a file is read from. It is opened once, read to its end and closed. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    /** What became of a join. */
    public sealed interface Result {}

    /**
     * The files fit.
     *
     * @param ignored columns of the candidate's file that nothing is done with, by name
     */
    public record Joined(Examples examples, List<String> ignored) implements Result {
        public Joined {
            ignored = List.copyOf(ignored);
        }
    }

    /**
     * A file cannot be read, or does not fit the candidate's.
     *
     * @param code {@code PREDICTIONS_FORMAT}, {@code PREDICTIONS_LIMIT}, {@code PREDICTIONS_MISMATCH}; a caller may add its own
     * @param side whose file
     */
    public record Refused(String code, Side side, String reason) implements Result {}

    /** Reads the candidate's file alone. */
    public static Result alone(Source candidate, PredictionLimits limits) throws IOException {
        return of(candidate, Map.of(), limits);
    }

    /**
     * Reads the candidate's file, and then the others against it.
     *
     * @throws IOException of the sources, for trouble that is not the file's
     */
    public static Result of(Source candidate, Map<Side, Source> others, PredictionLimits limits) throws IOException {
        if (others.containsKey(Side.CANDIDATE)) {
            throw new IllegalArgumentException("the candidate is joined with others, not with itself");
        }
        int sides = others.size() + 1;
        CandidateRows rows;
        try {
            rows = Cells.read(candidate, limits, cells -> CandidateRows.read(cells, limits, sides));
        } catch (Refusal refused) {
            return new Refused(refused.code(), Side.CANDIDATE, refused.reason());
        }
        Map<Side, double[]> scores = new TreeMap<>();
        for (var other : new TreeMap<>(others).entrySet()) {
            Side side = other.getKey();
            try {
                scores.put(side, Cells.read(other.getValue(), limits, cells -> OtherRows.read(cells, rows, side)));
            } catch (Refusal refused) {
                return new Refused(refused.code(), side, refused.reason());
            }
        }
        return new Joined(rows.examples(scores), rows.layout().ignored());
    }
}
