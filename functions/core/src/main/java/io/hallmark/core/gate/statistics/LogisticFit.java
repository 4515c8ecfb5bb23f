package io.hallmark.core.gate.statistics;

import java.util.Arrays;

/** A logistic regression on one covariate, with intercept; or of the intercept alone, the slope held at 1. */
final class LogisticFit {

    private static final double SMALLEST_STEP = 1e-12;
    private static final int MOST_STEPS = 100;

    private final Scored data;
    private final double[] covariate;
    private final boolean withSlope;
    private final double[] beta = {0, 1};
    private final double[] means;
    private final double[][] inverse = new double[2][2];
    private final boolean converged;

    LogisticFit(Scored data, double[] covariate, boolean withSlope) {
        this.data = data;
        this.covariate = covariate;
        this.withSlope = withSlope;
        this.means = new double[covariate.length];
        this.converged = climb();
    }

    boolean converged() {
        return converged;
    }

    double intercept() {
        return beta[0];
    }

    double slope() {
        return beta[1];
    }

    /** An entry of the inverse information matrix. */
    double inverse(int row, int column) {
        return inverse[row][column];
    }

    /** What each row contributes to a parameter: the inverse information times its score. */
    double[] influences(int parameter) {
        double[] rows = new double[covariate.length];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = residual(row) * (inverse[parameter][0] + inverse[parameter][1] * covariate[row]);
        }
        return rows;
    }

    private boolean climb() {
        double likelihood = likelihood();
        for (int step = 0; step < MOST_STEPS; step++) {
            if (!invert()) {
                return false;
            }
            double first = Sums.of(means.length, this::residual);
            double second = withSlope ? Sums.of(means.length, row -> residual(row) * covariate[row]) : 0;
            double[] start = beta.clone();
            double[] move = {
                inverse[0][0] * first + inverse[0][1] * second, inverse[1][0] * first + inverse[1][1] * second
            };
            double length = Math.max(Math.abs(move[0]), Math.abs(move[1]));
            double next = moved(start, move, 1);
            for (double part = 0.5; next < likelihood && part * length > SMALLEST_STEP; part /= 2) {
                next = moved(start, move, part);
            }
            likelihood = next;
            if (length <= SMALLEST_STEP * Math.max(1, Math.abs(beta[0]) + Math.abs(beta[1]))) {
                return invert();
            }
        }
        return false;
    }

    private double moved(double[] start, double[] move, double part) {
        beta[0] = start[0] + part * move[0];
        beta[1] = start[1] + part * move[1];
        return likelihood();
    }

    /** Sets the means and gives the log-likelihood. */
    private double likelihood() {
        return Sums.of(means.length, row -> {
            double z = beta[0] + beta[1] * covariate[row];
            double odds = StrictMath.exp(-Math.abs(z));
            means[row] = z >= 0 ? 1 / (1 + odds) : odds / (1 + odds);
            return data.weight(row) * ((data.label(row) ? z : 0) - Math.max(0, z) - StrictMath.log1p(odds));
        });
    }

    /** Inverts the information at the means; false when there is none. */
    private boolean invert() {
        double h00 = Sums.of(means.length, this::information);
        for (double[] row : inverse) {
            Arrays.fill(row, 0);
        }
        if (!withSlope) {
            inverse[0][0] = 1 / h00;
            return h00 > 0;
        }
        double h01 = Sums.of(means.length, row -> information(row) * covariate[row]);
        double h11 = Sums.of(means.length, row -> information(row) * covariate[row] * covariate[row]);
        double determinant = h00 * h11 - h01 * h01;
        inverse[0][0] = h11 / determinant;
        inverse[0][1] = -h01 / determinant;
        inverse[1][0] = inverse[0][1];
        inverse[1][1] = h00 / determinant;
        return determinant > 0;
    }

    private double information(int row) {
        return data.weight(row) * means[row] * (1 - means[row]);
    }

    private double residual(int row) {
        return data.weight(row) * ((data.label(row) ? 1 : 0) - means[row]);
    }
}
