package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Examples in another order. */
final class Rows {

    private Rows() {}

    static Examples shuffled(Examples examples, Random random) {
        int[] order = new int[examples.size()];
        for (int row = 0; row < order.length; row++) {
            int other = random.nextInt(row + 1);
            order[row] = order[other];
            order[other] = row;
        }
        byte[] labels = new byte[order.length];
        for (int row = 0; row < order.length; row++) {
            labels[row] = examples.labels()[order[row]];
        }
        Map<Side, double[]> scores = new HashMap<>();
        for (Side side : Side.values()) {
            examples.scores(side).ifPresent(found -> scores.put(side, doubles(found, order)));
        }
        Map<String, Examples.Column> columns = new TreeMap<>();
        examples.columns()
                .forEach((name, column) ->
                        columns.put(name, new Examples.Column(column.values(), ints(column.codes(), order))));
        return new Examples(
                labels,
                scores,
                examples.weights().map(found -> doubles(found, order)),
                examples.clusters().map(found -> ints(found, order)),
                columns);
    }

    private static double[] doubles(double[] values, int[] order) {
        double[] turned = new double[order.length];
        for (int row = 0; row < order.length; row++) {
            turned[row] = values[order[row]];
        }
        return turned;
    }

    private static int[] ints(int[] values, int[] order) {
        int[] turned = new int[order.length];
        for (int row = 0; row < order.length; row++) {
            turned[row] = values[order[row]];
        }
        return turned;
    }
}
