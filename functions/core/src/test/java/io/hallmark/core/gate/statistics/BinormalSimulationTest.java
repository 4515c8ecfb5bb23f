package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/**
 * How often rules let a model pass: binormal scores of AUC 0.85, prevalence 10 %, correlation 0.9 between the models,
 * 2,000 examples, one-sided 95 %.
 */
class BinormalSimulationTest {

    private static final long SEED = 20261122;
    private static final int RUNS = 2_000;
    private static final int EXAMPLES = 2_000;

    private record Shares(double point, double significant, double assured, double nonInferior, double error) {}

    @Test
    void a_useless_model_passes_a_point_rule_one_time_in_four_and_a_significant_one_rarely() {
        Shares shares = shares(0);
        assertThat(shares.point()).as("seed " + SEED).isCloseTo(0.230, within(0.04));
        assertThat(shares.significant()).as("seed " + SEED).isLessThanOrEqualTo(0.06);
        assertThat(shares.assured()).as("seed " + SEED).isCloseTo(0.008, within(0.008));
        assertThat(shares.nonInferior()).as("seed " + SEED).isCloseTo(0.075, within(0.025));
        assertThat(shares.error()).as("seed " + SEED).isCloseTo(0.0070, within(0.0001));
    }

    @Test
    void a_gain_of_one_point_is_found_two_times_in_five() {
        Shares shares = shares(0.010);
        assertThat(shares.point()).as("seed " + SEED).isCloseTo(0.758, within(0.04));
        assertThat(shares.significant()).as("seed " + SEED).isCloseTo(0.411, within(0.04));
        assertThat(shares.assured()).as("seed " + SEED).isCloseTo(0.189, within(0.04));
        assertThat(shares.nonInferior()).as("seed " + SEED).isCloseTo(0.533, within(0.04));
        assertThat(shares.error()).as("seed " + SEED).isCloseTo(0.0069, within(0.0001));
    }

    @Test
    void the_planned_error_and_power_are_those_of_the_simulation() {
        double sigma = SampleSize.aucDifference(0.85, 0.010, 0.1, 0.9);
        double error = SampleSize.errorAt(sigma, EXAMPLES);
        assertThat(error).isCloseTo(0.0069, within(0.0001));
        assertThat(SampleSize.power(error, 0.010, 0.95)).isCloseTo(0.411, within(0.04));
        assertThat(SampleSize.power(error, 0.010 - 0.005, 0.95)).isCloseTo(0.189, within(0.04));
        assertThat(SampleSize.power(error, 0.010 + 0.002, 0.95)).isCloseTo(0.533, within(0.04));
    }

    private static Shares shares(double gain) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double base = Math.sqrt(2) * normal.inverseCumulativeProbability(0.85);
        double better = Math.sqrt(2) * normal.inverseCumulativeProbability(0.85 + gain);
        Random random = new Random(SEED);
        int[] passed = new int[4];
        double errors = 0;
        for (int run = 0; run < RUNS; run++) {
            boolean[] labels = new boolean[EXAMPLES];
            double[] before = new double[EXAMPLES];
            double[] after = new double[EXAMPLES];
            for (int i = 0; i < EXAMPLES; i++) {
                labels[i] = i < EXAMPLES / 10;
                double shared = random.nextGaussian();
                before[i] = shared + (labels[i] ? base : 0);
                after[i] = 0.9 * shared + Math.sqrt(1 - 0.81) * random.nextGaussian() + (labels[i] ? better : 0);
            }
            Estimate difference = Cases.influence(DeLong.auc(Scored.of(labels, after)))
                    .minus(Cases.influence(DeLong.auc(Scored.of(labels, before))))
                    .estimate();
            double lower = difference.lower(0.95);
            boolean point = difference.value() >= 0.005;
            passed[0] += point ? 1 : 0;
            passed[1] += point && lower > 0 ? 1 : 0;
            passed[2] += lower >= 0.005 ? 1 : 0;
            passed[3] += lower >= -0.002 ? 1 : 0;
            errors += difference.standardError();
        }
        return new Shares(
                passed[0] / (double) RUNS,
                passed[1] / (double) RUNS,
                passed[2] / (double) RUNS,
                passed[3] / (double) RUNS,
                errors / RUNS);
    }
}
