package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleSizeTest {

    @ParameterizedTest
    @CsvSource({"0.5, 4802", "0.8, 3074", "0.9, 1729", "0.95, 913"})
    void examples_per_group_for_a_precision_difference_within_two_points(double p, long expected) {
        assertThat(SampleSize.forHalfWidth(SampleSize.shareDifference(p), 0.02, 0.95))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2000, 0, 0.0070",
        "2000, 0.010, 0.0069",
        "10000, 0, 0.0031",
        "50000, 0.010, 0.0014",
        "200000, 0.005, 0.0007"
    })
    void the_error_of_an_auc_difference_is_the_measured_one(int n, double gain, double error) {
        double sigma = SampleSize.aucDifference(0.85, gain, 0.1, 0.9);
        assertThat(SampleSize.errorAt(sigma, n)).isCloseTo(error, within(0.00005));
    }

    @Test
    void a_true_gain_of_one_point_is_assured_at_half_a_point_with_fifty_thousand() {
        double sigma = SampleSize.aucDifference(0.85, 0.010, 0.1, 0.9);
        double error = SampleSize.errorAt(sigma, 50_000);
        assertThat(SampleSize.power(error, 0.005, 0.95)).isCloseTo(0.968, within(0.02));
        long examples = SampleSize.toClear(sigma, 0.005, 0.95, 0.968);
        assertThat(examples).isBetween(45_000L, 55_000L);
        assertThat(SampleSize.power(SampleSize.errorAt(sigma, examples), 0.005, 0.95))
                .isCloseTo(0.968, within(1e-4));
    }

    @Test
    void models_whose_scores_agree_need_fewer_examples() {
        double loose = SampleSize.aucDifference(0.85, 0, 0.1, 0.5);
        double close = SampleSize.aucDifference(0.85, 0, 0.1, 0.99);
        assertThat(close).isLessThan(loose / 3);
        assertThat(SampleSize.aucDifference(0.85, 0, 0.1, 1)).isZero();
    }

    @Test
    void a_calibration_slope_within_two_hundredths_needs_forty_thousand_at_even_prevalence() {
        // measured by simulation: 39,656
        assertThat(SampleSize.forHalfWidth(SampleSize.slope(0.85, 0.5), 0.02, 0.95))
                .isBetween(39_500L, 40_100L);
        assertThat(SampleSize.slope(0.85, 0.105)).isGreaterThan(SampleSize.slope(0.85, 0.5));
        assertThat(SampleSize.slope(0.7, 0.5)).isGreaterThan(SampleSize.slope(0.85, 0.5));
    }

    @Test
    void an_observed_error_shrinks_with_the_root_of_the_examples() {
        double sigma = SampleSize.deviation(0.0038, 10_190);
        assertThat(SampleSize.errorAt(sigma, 4 * 10_190)).isCloseTo(0.0019, within(1e-15));
        assertThat(SampleSize.forHalfWidth(sigma, 0.0038 * 1.959963984540054, 0.95))
                .isBetween(10_190L, 10_191L);
    }

    @Test
    void power_is_the_level_at_the_limit_and_certain_without_error() {
        assertThat(SampleSize.power(0.01, 0, 0.95)).isCloseTo(0.05, within(1e-12));
        assertThat(SampleSize.power(0, 0.1, 0.95)).isEqualTo(1);
        assertThat(SampleSize.power(0, -0.1, 0.95)).isZero();
        assertThat(SampleSize.toClear(1, 0.1, 0.95, 0.01)).isZero();
    }

    @Test
    void no_number_of_examples_clears_a_limit_that_is_the_truth() {
        assertThatThrownBy(() -> SampleSize.toClear(1, 0, 0.95, 0.8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SampleSize.forHalfWidth(1, -1, 0.95)).isInstanceOf(IllegalArgumentException.class);
    }
}
