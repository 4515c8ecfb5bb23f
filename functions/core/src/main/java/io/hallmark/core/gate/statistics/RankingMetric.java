package io.hallmark.core.gate.statistics;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric of the first K places of a ranking by score, averaged over queries. The relevance of an example is its
 * label. Tied examples share their places: the value is the mean over all their orders. Source: McSherry and Najork,
 * Computing Information Retrieval Performance Measures Efficiently in the Presence of Tied Scores, ECIR 2008.
 *
 * @param k places, from 1
 */
public record RankingMetric(Kind kind, int k) implements Metric {

    private static final Pattern FIELD = Pattern.compile("(ndcg|precision)_at_([1-9][0-9]{0,5})");

    public enum Kind {
        /** Discounted gain over its best: place {@code i} counts {@code 1 / log2(i + 1)}. */
        NDCG,
        /** The relevant examples among the first K, divided by K even when the query has fewer examples. */
        PRECISION
    }

    public RankingMetric {
        if (k < 1) {
            throw new IllegalArgumentException("a ranking has at least one place");
        }
    }

    static Optional<RankingMetric> byField(String field) {
        Matcher parts = FIELD.matcher(field);
        return parts.matches()
                ? Optional.of(new RankingMetric(
                        parts.group(1).equals("ndcg") ? Kind.NDCG : Kind.PRECISION, Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }

    @Override
    public String field() {
        return (kind == Kind.NDCG ? "ndcg" : "precision") + "_at_" + k;
    }

    @Override
    public Direction direction() {
        return Direction.HIGHER;
    }

    @Override
    public Unit unit() {
        return Unit.FRACTION;
    }

    @Override
    public Range range() {
        return new Range(0, 1);
    }

    @Override
    public boolean needsThreshold() {
        return false;
    }

    @Override
    public boolean needsQueries() {
        return true;
    }

    @Override
    public Measured measure(Scored scored, OptionalDouble threshold) {
        return Rankings.measure(this, scored);
    }
}
