package io.hallmark.core.gate.statistics;

import java.util.Optional;
import java.util.OptionalDouble;

/** A number over labelled scores, by the name that manifests and policies use. The set is closed. */
public sealed interface Metric permits ScoreMetric, RankingMetric {

    /** Which way is better. */
    enum Direction {
        HIGHER,
        LOWER,
        /** Neither: 1 or 0 is ideal, or it depends on the use. */
        NONE
    }

    /** What one of it is. */
    enum Unit {
        FRACTION,
        /** Natural logarithms of odds or likelihood. */
        NATS,
        /** A pure number, 1 being ideal. */
        RATIO
    }

    /** The values it can take, both ends included; an end may be infinite. */
    record Range(double least, double most) {
        public boolean contains(double value) {
            return value >= least && value <= most;
        }
    }

    /** Such as {@code roc_auc} or {@code ndcg_at_10}. */
    String field();

    Direction direction();

    Unit unit();

    Range range();

    /** Whether a row counts as predicted positive from an operating threshold on ({@code score >= threshold}). */
    boolean needsThreshold();

    /** Whether every row needs a query, given as its cluster. */
    boolean needsQueries();

    /** Never throws for what the data is like, and never gives a NaN: see {@link Measured.Undefined}. */
    Measured measure(Scored scored, OptionalDouble threshold);

    /** The metric of a field name; {@code tpr} is another name of {@code recall}. */
    static Optional<Metric> named(String field) {
        Optional<Metric> plain = ScoreMetric.byField(field).map(metric -> metric);
        return plain.isPresent() ? plain : RankingMetric.byField(field).map(metric -> metric);
    }
}
