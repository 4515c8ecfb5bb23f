package io.hallmark.core.gate.statistics;

/** What measuring a metric gave. Data on which it has no value is an answer, not a failure. */
public sealed interface Measured {

    /** A value with the influences of its rows. */
    record Of(Influence influence) implements Measured {}

    /** A value without influences: for information, or for comparison as a point. */
    record Point(double value) implements Measured {}

    /** No value on this data. */
    record Undefined(String reason) implements Measured {}

    /** The paired difference to the baseline on the same rows; undefined when either is. */
    default Measured minus(Measured baseline) {
        if (this instanceof Undefined) {
            return this;
        }
        if (baseline instanceof Undefined none) {
            return new Undefined("baseline: " + none.reason());
        }
        if (this instanceof Of mine && baseline instanceof Of other) {
            return new Of(mine.influence().minus(other.influence()));
        }
        return new Point(point() - baseline.point());
    }

    /**
     * The bare value.
     *
     * @throws IllegalStateException when undefined
     */
    default double point() {
        if (this instanceof Of of) {
            return of.influence().value();
        }
        if (this instanceof Point point) {
            return point.value();
        }
        throw new IllegalStateException("undefined: " + ((Undefined) this).reason());
    }
}
