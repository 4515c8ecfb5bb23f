package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static final String SEPARATED = "the scores separate the classes, so that no slope fits best";

    private static Measured slope(boolean[] labels, double... scores) {
        return Calibration.slope(Scored.of(labels, scores));
    }

    @Test
    void separated_classes_have_no_slope() {
        boolean[] labels = {false, false, true, true};
        assertThat(slope(labels, 0.1, 0.2, 0.7, 0.8)).isEqualTo(new Measured.Undefined(SEPARATED));
        assertThat(slope(labels, 0.8, 0.7, 0.2, 0.1)).isEqualTo(new Measured.Undefined(SEPARATED));
    }

    @Test
    void classes_that_meet_in_a_single_score_have_no_slope() {
        boolean[] labels = {false, false, true, true};
        assertThat(slope(labels, 0.1, 0.5, 0.5, 0.8)).isEqualTo(new Measured.Undefined(SEPARATED));
        assertThat(slope(labels, 0.5, 0.5, 0.5, 0.5)).isEqualTo(new Measured.Undefined(SEPARATED));
        assertThat(Calibration.fit(Scored.of(labels, new double[4]))).isEmpty();
    }

    @Test
    void classes_that_overlap_by_one_pair_have_one() {
        boolean[] labels = {false, true, false, true};
        assertThat(slope(labels, 0.1, 0.4, 0.5, 0.8)).isInstanceOf(Measured.Of.class);
    }

    @Test
    void a_single_class_is_named() {
        assertThat(slope(new boolean[] {true, true}, 0.2, 0.3))
                .isEqualTo(new Measured.Undefined("a single class: 2 positive and 0 negative examples"));
        assertThat(Calibration.inTheLarge(Scored.of(new boolean[3], new double[3])))
                .isEqualTo(new Measured.Undefined("a single class: 0 positive and 3 negative examples"));
    }

    @Test
    void two_scores_have_a_fit_in_closed_form() {
        // 1 of 4 positive at score 0.5, 3 of 4 at 0.9: the fitted logits are those of 1/4 and 3/4
        boolean[] labels = {true, false, false, false, true, true, true, false};
        double[] scores = {0.5, 0.5, 0.5, 0.5, 0.9, 0.9, 0.9, 0.9};
        Calibration.Fit fit = Calibration.fit(Scored.of(labels, scores)).orElseThrow();
        assertThat(fit.intercept()).isCloseTo(-Math.log(3), within(1e-12));
        assertThat(fit.slope()).isCloseTo(1, within(1e-12)); // (ln 3 + ln 3) / ln 9
        // var of a fitted logit is 1 / (4 p (1 - p)) = 4/3 at either score
        assertThat(fit.interceptError()).isCloseTo(Math.sqrt(4.0 / 3), within(1e-12));
        assertThat(fit.slopeError()).isCloseTo(Math.sqrt(8.0 / 3) / Math.log(9), within(1e-12));
    }

    @Test
    void in_the_large_is_the_shift_that_makes_the_mean_right() {
        boolean[] labels = {true, true, true, false};
        Measured shift = Calibration.inTheLarge(Scored.of(labels, new double[] {0.5, 0.5, 0.5, 0.5}));
        assertThat(shift.point()).isCloseTo(Math.log(3), within(1e-12));
        assertThat(Cases.influence(shift).estimate().standardError()).isCloseTo(Math.sqrt(4.0 / 3), within(1e-12));
    }

    @Test
    void certain_scores_are_clipped_and_fitted() {
        boolean[] labels = {true, false, true, false};
        assertThat(slope(labels, 0, 0, 1, 1).point()).isCloseTo(0, within(1e-12));
    }

    @Test
    void a_calibrated_model_has_slope_1_and_the_two_errors_agree() {
        long seed = 12;
        Random random = new Random(seed);
        boolean[] labels = new boolean[40_000];
        double[] scores = new double[40_000];
        for (int i = 0; i < labels.length; i++) {
            scores[i] = 1 / (1 + Math.exp(1 - 1.5 * random.nextGaussian()));
            labels[i] = random.nextDouble() < scores[i];
        }
        Scored data = Scored.of(labels, scores);
        Calibration.Fit fit = Calibration.fit(data).orElseThrow();
        Estimate slope = Cases.influence(ScoreMetric.CALIBRATION_SLOPE.measure(data, OptionalDouble.empty()))
                .estimate();
        assertThat(slope.pValue(1)).as("seed " + seed).isBetween(0.005, 0.995);
        assertThat(slope.standardError() / fit.slopeError()).as("seed " + seed).isCloseTo(1, within(0.03));
    }
}
