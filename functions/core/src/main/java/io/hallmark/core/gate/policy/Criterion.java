package io.hallmark.core.gate.policy;

import java.math.BigDecimal;
import java.util.Optional;

/** How a rule judges its metric. */
public sealed interface Criterion {

    <T> T match(Cases<T> cases);

    /** One answer per kind of test. */
    interface Cases<T> {
        T bounds(Bounds test);

        T change(Change test);

        T distance(Distance test);

        T alarm(Alarm test);

        T maxDrop(MaxDrop test);
    }

    /**
     * The value itself, between bounds; with groups, the gap between them.
     *
     * @param side which estimate has to hold the bounds: the value, or a confidence bound
     * @param threeZone fails only where a confidence bound is beyond, passes only where the value holds and all is large enough
     * @param discount the median of (online minus offline) of earlier versions is added to the value first
     */
    record Bounds(Optional<Rule.Limit> min, Optional<Rule.Limit> max, Side side, boolean threeZone, boolean discount)
            implements Criterion {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.bounds(this);
        }
    }

    /** Which end of an estimate is compared. */
    enum Side {
        POINT("point"),
        LOWER("lower"),
        UPPER("upper");

        private final String text;

        Side(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * Candidate minus what it is compared with, oriented so that more is better.
     *
     * @param relative divided by the absolute value of what it is compared with
     * @param min for {@code point}, {@code significant} and {@code assured}: the gain to show; may be negative
     * @param max for {@code point}: a gain beyond this is suspicious
     * @param tolerance for {@code nonInferior} and {@code equivalent}: the loss, or the difference, to be excluded
     * @param maxSpread for {@code significant}: with an interval this narrow, a gain below the minimum fails
     */
    record Change(
            Against against,
            Mode mode,
            Method method,
            boolean relative,
            Optional<BigDecimal> min,
            Optional<BigDecimal> max,
            Optional<BigDecimal> tolerance,
            Optional<BigDecimal> maxSpread)
            implements Criterion {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.change(this);
        }
    }

    /** What a change is measured against. */
    enum Against {
        BASELINE("baseline"),
        ANCHOR("anchor");

        private final String text;

        Against(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** What a change has to be shown to be. */
    enum Mode {
        POINT("point"),
        SIGNIFICANT("significant"),
        ASSURED("assured"),
        NON_INFERIOR("nonInferior"),
        EQUIVALENT("equivalent");

        private final String text;

        Mode(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** Where the uncertainty of a change comes from; {@code AUTO} takes the metric's own. */
    enum Method {
        AUTO("auto"),
        DELONG("delong"),
        MCNEMAR("mcnemar"),
        PAIRED_T("pairedT"),
        BOOTSTRAP("bootstrap");

        private final String text;

        Method(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * How far the metric is from where it should be, either way.
     *
     * @param mode {@code point} or {@code equivalent}
     */
    record Distance(Reference reference, BigDecimal max, Mode mode) implements Criterion {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.distance(this);
        }
    }

    /** Where a metric should be. */
    enum Reference {
        /** At its best possible value: a slope of 1. */
        IDEAL("ideal"),
        BASELINE("baseline");

        private final String text;

        Reference(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** Fails where the candidate is shown to be worse than the baseline by more than {@code tolerance}; passes otherwise. */
    record Alarm(BigDecimal tolerance, Method method) implements Criterion {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.alarm(this);
        }
    }

    /** The variant may be worse than the variant it is derived from by at most this. */
    record MaxDrop(BigDecimal max) implements Criterion {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.maxDrop(this);
        }
    }
}
