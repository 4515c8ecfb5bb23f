package io.hallmark.core.gate.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One thing to show.
 *
 * @param id unique in its policy
 * @param direction the metric's own where the policy says nothing; empty where neither way is better
 * @param profile the rule counts for variants of this profile alone
 * @param minSamples observations below which the metric decides nothing (latencies)
 */
public record Rule(
        String id,
        String metric,
        Optional<Direction> direction,
        Unit unit,
        Severity severity,
        Optional<String> profile,
        Optional<Slices> slices,
        Optional<Groups> groups,
        Optional<Long> minSamples,
        Criterion criterion) {

    /** Which way is better. */
    public enum Direction {
        HIGHER("higher"),
        LOWER("lower");

        private final String text;

        Direction(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** The unit of a rule's bounds; bounds are stored converted to the first unit of their kind. */
    public enum Unit {
        FRACTION("fraction"),
        /** Hundredths: stored as a fraction. */
        PERCENT("percent"),
        MS("ms"),
        BYTES("bytes"),
        /** A plain number without a unit, such as a slope or a loss. */
        NUMBER("number");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** What a rule's verdict does to the decision. */
    public enum Severity {
        BLOCK("block"),
        WARN("warn"),
        /** Measured and shown; never decides. */
        DRY_RUN("dryRun");

        private final String text;

        Severity(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** A bound: {@code min} and {@code max} include their value, {@code above} and {@code below} do not. */
    public record Limit(BigDecimal value, boolean inclusive) {}

    /**
     * Which slices the rule is evaluated on; each is a check of its own.
     *
     * @param minSize examples below which a slice decides nothing
     * @param pool small slices of one column are judged together
     */
    public record Slices(Choice choice, long minSize, long minPositives, long minNegatives, boolean pool) {

        /** Which ones. */
        public sealed interface Choice {

            /** Every value of these columns. */
            record All(List<String> columns) implements Choice {
                public All {
                    columns = List.copyOf(columns);
                }
            }

            /** These. */
            record Named(List<Slice> slices) implements Choice {
                public Named {
                    slices = List.copyOf(slices);
                }
            }

            /** The largest ones, by the baseline's data or the traffic snapshot, of these columns (none: all columns). */
            record TopK(By by, int k, List<String> columns) implements Choice {
                public TopK {
                    columns = List.copyOf(columns);
                }
            }
        }

        /** What ranks slices. */
        public enum By {
            TRAFFIC("traffic"),
            COUNT("count"),
            WEIGHT("weight");

            private final String text;

            By(String text) {
                this.text = text;
            }

            public String text() {
                return text;
            }
        }
    }

    /** One slice: all examples with this value in this column. */
    public record Slice(String column, String value) implements Comparable<Slice> {

        @Override
        public int compareTo(Slice other) {
            int byColumn = column.compareTo(other.column);
            return byColumn != 0 ? byColumn : value.compareTo(other.value);
        }

        @Override
        public String toString() {
            return column + "=" + value;
        }
    }

    /**
     * Which protected groups are compared with each other.
     *
     * @param attributes columns; each is a comparison of its own. {@code *} alone is every column of groups: those that the
     *     evidence declares, and those whose names start with {@code group_}
     * @param reference the group that the others are compared with, for {@code maxVsReference}
     * @param minSize of {@code sizeOf}, below which a group decides nothing
     * @param intersections whether the combinations of all attributes are one more comparison
     * @param maxIncrease how much the gap may exceed the baseline's
     */
    public record Groups(
            List<String> attributes,
            Aggregator aggregator,
            Optional<String> reference,
            long minSize,
            SizeOf sizeOf,
            boolean intersections,
            Optional<BigDecimal> maxIncrease) {

        public Groups {
            attributes = List.copyOf(attributes);
        }

        /** How the values of groups become one number. */
        public enum Aggregator {
            MAX_MIN("maxMin"),
            MAX_VS_REFERENCE("maxVsReference"),
            /** The smallest over the largest. */
            RATIO("ratio");

            private final String text;

            Aggregator(String text) {
                this.text = text;
            }

            public String text() {
                return text;
            }
        }

        /** What counts as the size of a group. */
        public enum SizeOf {
            ROWS("rows"),
            POSITIVES("positives"),
            NEGATIVES("negatives"),
            PREDICTED_POSITIVES("predictedPositives");

            private final String text;

            SizeOf(String text) {
                this.text = text;
            }

            public String text() {
                return text;
            }
        }
    }
}
