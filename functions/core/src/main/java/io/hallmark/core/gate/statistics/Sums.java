package io.hallmark.core.gate.statistics;

/** Compensated summation (Neumaier 1974): the order of the terms matters only in the last bits. */
final class Sums {

    private Sums() {}

    /** One term of a sum, by its index. */
    @FunctionalInterface
    interface Term {
        double at(int index);
    }

    static double of(int count, Term term) {
        double sum = 0;
        double lost = 0;
        for (int i = 0; i < count; i++) {
            double value = term.at(i);
            double next = sum + value;
            lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            sum = next;
        }
        return sum + lost;
    }

    static double of(double[] values) {
        return of(values.length, i -> values[i]);
    }

    static double squares(double[] values) {
        return of(values.length, i -> values[i] * values[i]);
    }
}
