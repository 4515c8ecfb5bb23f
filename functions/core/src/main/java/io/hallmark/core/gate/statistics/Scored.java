package io.hallmark.core.gate.statistics;

import org.jspecify.annotations.Nullable;

/**
 * The labelled scores of one model on one set of examples, optionally weighted and clustered. Two models are compared
 * on two of these with the same labels in the same order. The arrays are copied in and never changed.
 */
public final class Scored {

    private final boolean[] labels;
    private final double[] scores;
    private final double @Nullable [] weights;
    private final int @Nullable [] clusters;
    private final int positives;

    private Scored(boolean[] labels, double[] scores, double @Nullable [] weights, int @Nullable [] clusters) {
        this.labels = labels;
        this.scores = scores;
        this.weights = weights;
        this.clusters = clusters;
        int count = 0;
        for (boolean label : labels) {
            count += label ? 1 : 0;
        }
        this.positives = count;
    }

    /**
     * Rows without weights or clusters.
     *
     * @throws IllegalArgumentException for unequal lengths or a score that is not finite
     */
    public static Scored of(boolean[] labels, double[] scores) {
        require(labels.length == scores.length, "labels and scores differ in length");
        double[] copy = scores.clone();
        for (int i = 0; i < copy.length; i++) {
            require(Double.isFinite(copy[i]), "score is not finite in row " + i);
            copy[i] += 0.0; // -0.0 and 0.0 are one score
        }
        return new Scored(labels.clone(), copy, null, null);
    }

    /**
     * The same rows with weights.
     *
     * @param values one finite weight above 0 per row
     * @throws IllegalArgumentException otherwise
     */
    public Scored weighted(double[] values) {
        require(values.length == size(), "weights and scores differ in length");
        for (int i = 0; i < values.length; i++) {
            require(Double.isFinite(values[i]) && values[i] > 0, "weight is not finite and above 0 in row " + i);
        }
        return new Scored(labels, scores, values.clone(), clusters);
    }

    /**
     * The same rows with clusters.
     *
     * @param codes the user or query of every row, from 0
     * @throws IllegalArgumentException for another length or a negative code
     */
    public Scored clustered(int[] codes) {
        require(codes.length == size(), "clusters and scores differ in length");
        for (int i = 0; i < codes.length; i++) {
            require(codes[i] >= 0, "cluster code is negative in row " + i);
        }
        return new Scored(labels, scores, weights, codes.clone());
    }

    public int size() {
        return labels.length;
    }

    public int positives() {
        return positives;
    }

    public int negatives() {
        return labels.length - positives;
    }

    public boolean label(int row) {
        return labels[row];
    }

    public double score(int row) {
        return scores[row];
    }

    /** The weight of a row, 1 where none was given. */
    public double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    public boolean isWeighted() {
        return weights != null;
    }

    public boolean isClustered() {
        return clusters != null;
    }

    /** A copy of the cluster codes; without clusters every row is its own. */
    public int[] clusters() {
        if (clusters != null) {
            return clusters.clone();
        }
        int[] own = new int[size()];
        for (int i = 0; i < own.length; i++) {
            own[i] = i;
        }
        return own;
    }

    /** The rows with these indices, in this order; cluster codes stay as they are. */
    public Scored select(int[] rows) {
        boolean[] someLabels = new boolean[rows.length];
        double[] someScores = new double[rows.length];
        double[] someWeights = weights == null ? null : new double[rows.length];
        int[] someClusters = clusters == null ? null : new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            someLabels[i] = labels[rows[i]];
            someScores[i] = scores[rows[i]];
            if (weights != null && someWeights != null) {
                someWeights[i] = weights[rows[i]];
            }
            if (clusters != null && someClusters != null) {
                someClusters[i] = clusters[rows[i]];
            }
        }
        return new Scored(someLabels, someScores, someWeights, someClusters);
    }

    boolean[] labels() {
        return labels;
    }

    double[] scores() {
        return scores;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
