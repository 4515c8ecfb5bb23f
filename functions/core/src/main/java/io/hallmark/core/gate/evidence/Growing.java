package io.hallmark.core.gate.evidence;

import java.util.ArrayList;
import java.util.List;

/** Arrays that grow block by block, so that growing copies nothing. Rows are written in order, each once. */
final class Growing {

    private static final int SHIFT = 16;
    private static final int ROWS = 1 << SHIFT;
    private static final int MASK = ROWS - 1;

    private Growing() {}

    /** Numbers. */
    static final class Doubles {

        private final List<double[]> blocks = new ArrayList<>();

        void put(int row, double value) {
            if ((row & MASK) == 0) {
                blocks.add(new double[ROWS]);
            }
            blocks.get(row >> SHIFT)[row & MASK] = value;
        }

        double get(int row) {
            return blocks.get(row >> SHIFT)[row & MASK];
        }

        /** The rows as one array; the blocks are let go on the way. */
        double[] drain(int rows) {
            double[] all = new double[rows];
            for (int i = 0; i < blocks.size(); i++) {
                System.arraycopy(blocks.get(i), 0, all, i << SHIFT, Math.min(ROWS, rows - (i << SHIFT)));
                blocks.set(i, new double[0]);
            }
            return all;
        }
    }

    /** Codes. */
    static final class Ints {

        private final List<int[]> blocks = new ArrayList<>();

        void put(int row, int value) {
            if ((row & MASK) == 0) {
                blocks.add(new int[ROWS]);
            }
            blocks.get(row >> SHIFT)[row & MASK] = value;
        }

        int get(int row) {
            return blocks.get(row >> SHIFT)[row & MASK];
        }

        /** The rows as one array; the blocks are let go on the way. */
        int[] drain(int rows) {
            int[] all = new int[rows];
            for (int i = 0; i < blocks.size(); i++) {
                System.arraycopy(blocks.get(i), 0, all, i << SHIFT, Math.min(ROWS, rows - (i << SHIFT)));
                blocks.set(i, new int[0]);
            }
            return all;
        }
    }
}
