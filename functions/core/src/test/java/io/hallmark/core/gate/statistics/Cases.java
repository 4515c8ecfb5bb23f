package io.hallmark.core.gate.statistics;

import java.util.Random;

/** Seeded labelled scores. */
final class Cases {

    private Cases() {}

    /** Probabilities on a grid of {@code levels} values, so that few levels mean many ties; both classes present. */
    static Scored tied(long seed, int size, int levels) {
        Random random = new Random(seed);
        boolean[] labels = new boolean[size];
        double[] scores = new double[size];
        for (int i = 0; i < size; i++) {
            labels[i] = i < 2 || (i > 3 && random.nextInt(3) == 0);
            double raw = Math.min(0.999, Math.max(0.001, random.nextDouble() * 0.8 + (labels[i] ? 0.2 : 0)));
            scores[i] = Math.ceil(raw * levels) / (levels + 1.0);
        }
        return Scored.of(labels, scores);
    }

    /** Other scores for the same labels. */
    static Scored sibling(Scored data, long seed, int levels) {
        Random random = new Random(seed);
        boolean[] labels = new boolean[data.size()];
        double[] scores = new double[data.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = data.label(i);
            double raw = 0.5 * data.score(i) + 0.5 * random.nextDouble();
            scores[i] = Math.ceil(raw * levels) / (levels + 1.0);
        }
        return Scored.of(labels, scores);
    }

    static double[] weights(long seed, int size) {
        return new Random(seed).doubles(size, 0.1, 5).toArray();
    }

    static int[] clusters(long seed, int size, int count) {
        return new Random(seed).ints(size, 0, count).toArray();
    }

    static int[] shuffled(long seed, int size) {
        Random random = new Random(seed);
        int[] rows = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            rows[i] = rows[j];
            rows[j] = i;
        }
        return rows;
    }

    static Influence influence(Measured measured) {
        return ((Measured.Of) measured).influence();
    }
}
