package io.hallmark.core.gate.statistics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The value of a metric and what each row contributes to its deviation from the truth. The variance is the sum of the
 * squared influences; the influence of a difference is the difference of the influences; rows that are not independent
 * are summed within their cluster before squaring. Source: Hampel, The Influence Curve and its Role in Robust
 * Estimation, JASA 69 (1974).
 */
public final class Influence {

    /** How a small sample is allowed for. */
    private enum Kind {
        /** The squares as they are (a sandwich estimate), normal. */
        SANDWICH,
        /** A mean of n units: squares times n / (n - 1), Student's t with n - 1 degrees of freedom. */
        MEAN,
        /** Two independent samples, divisors m - 1 and n - 1 (DeLong), normal. */
        TWO_SAMPLES
    }

    private final double value;
    private final double[] rows;
    private final Kind kind;
    private final int units;
    private final boolean @Nullable [] sample;

    private Influence(double value, double[] rows, Kind kind, int units, boolean @Nullable [] sample) {
        this.value = value;
        this.rows = rows;
        this.kind = kind;
        this.units = units;
        this.sample = sample;
    }

    /** A smooth function of sums; the influences add up to 0. */
    static Influence sandwich(double value, double[] rows) {
        return new Influence(value, rows, Kind.SANDWICH, rows.length, null);
    }

    /**
     * The mean of as many independent units as are named; a unit may have its influence on one of several rows.
     *
     * @param units at most the number of rows
     */
    static Influence mean(double value, double[] rows, int units) {
        return new Influence(value, rows, Kind.MEAN, units, null);
    }

    /** A function of two samples; {@code sample} says which row belongs to the first. */
    static Influence twoSamples(double value, double[] rows, boolean[] sample) {
        return new Influence(value, rows, Kind.TWO_SAMPLES, rows.length, sample);
    }

    public double value() {
        return value;
    }

    public int size() {
        return rows.length;
    }

    /** The influence of one row, in the unit of the value. */
    public double at(int row) {
        return rows[row];
    }

    /**
     * The difference of this and the baseline on the same rows.
     *
     * @throws IllegalArgumentException for another kind of metric or other rows
     */
    public Influence minus(Influence baseline) {
        if (kind != baseline.kind || rows.length != baseline.rows.length || !Arrays.equals(sample, baseline.sample)) {
            throw new IllegalArgumentException("not the same metric on the same rows");
        }
        double[] difference = new double[rows.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = rows[i] - baseline.rows[i];
        }
        return new Influence(value - baseline.value, difference, kind, Math.min(units, baseline.units), sample);
    }

    /**
     * The same quantity over a larger set of rows, to which only the selected ones contribute; the difference of two
     * groups is then a {@link #minus}. Its estimate is a sandwich.
     *
     * @param selected the row of the larger set for every row of this
     */
    public Influence within(int[] selected, int size) {
        double[] all = new double[size];
        for (int i = 0; i < selected.length; i++) {
            all[selected[i]] = rows[i];
        }
        return sandwich(value, all);
    }

    /** Taking the rows as independent. */
    public Estimate estimate() {
        if (kind == Kind.TWO_SAMPLES) {
            return twoSamples();
        }
        double squares = Sums.squares(rows);
        if (kind == Kind.SANDWICH) {
            return rows.length < 2
                    ? new Estimate.Unquantified(value)
                    : new Estimate.Normal(value, StrictMath.sqrt(squares));
        }
        return student(squares, units);
    }

    /**
     * Taking only the clusters as independent: Student's t with one degree of freedom less than there are clusters, so
     * that few clusters count as few observations.
     *
     * @param clusters the code of every row, from 0
     * @throws IllegalArgumentException for another number of rows
     */
    public Estimate estimate(int[] clusters) {
        if (clusters.length != rows.length) {
            throw new IllegalArgumentException("clusters and influences differ in length");
        }
        int codes = 0;
        for (int cluster : clusters) {
            codes = Math.max(codes, cluster + 1);
        }
        double[] sums = new double[codes];
        boolean[] seen = new boolean[codes];
        int present = 0;
        for (int i = 0; i < rows.length; i++) {
            sums[clusters[i]] += rows[i];
            present += seen[clusters[i]] ? 0 : 1;
            seen[clusters[i]] = true;
        }
        double squares = Sums.squares(sums);
        if (kind == Kind.MEAN) {
            return student(squares, Math.min(present, units));
        }
        return present < 2
                ? new Estimate.Unquantified(value)
                : new Estimate.Student(value, StrictMath.sqrt(squares), present - 1.0);
    }

    private Estimate student(double squares, int count) {
        return count < 2
                ? new Estimate.Unquantified(value)
                : new Estimate.Student(value, StrictMath.sqrt(squares * count / (count - 1.0)), count - 1.0);
    }

    private Estimate twoSamples() {
        boolean[] first = sample == null ? new boolean[rows.length] : sample;
        int m = 0;
        for (boolean each : first) {
            m += each ? 1 : 0;
        }
        int n = rows.length - m;
        if (m < 2 || n < 2) {
            return new Estimate.Unquantified(value);
        }
        double firsts = Sums.of(rows.length, i -> first[i] ? rows[i] * rows[i] : 0);
        double seconds = Sums.of(rows.length, i -> first[i] ? 0 : rows[i] * rows[i]);
        return new Estimate.Normal(value, StrictMath.sqrt(firsts * m / (m - 1.0) + seconds * n / (n - 1.0)));
    }
}
