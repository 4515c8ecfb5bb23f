package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A bound is met by exactly the bound, and missed by the last digit before it. */
class BoundaryTest {

    private static final String GAIN =
            "{id: gain, metric: accuracy, unit: fraction, change: {min: '0.005', mode: point}}";
    private static final String RELATIVE =
            "{id: gain, metric: score, direction: higher, unit: percent, change: {min: '1 %%', relative: true, mode: point}}"
                    .replace("%%", "%");

    private static List<BigDecimal> baselines() {
        return IntStream.range(500, 995)
                .mapToObj(thousandths -> BigDecimal.valueOf(thousandths, 3))
                .toList();
    }

    private static String accuracy(BigDecimal value) {
        return "{accuracy: " + value.toPlainString() + "}";
    }

    @Test
    void a_reported_gain_of_exactly_the_bound_passes_for_all_495_baselines() {
        Trial trial = Trial.rules(GAIN);
        List<BigDecimal> refused = new ArrayList<>();
        List<BigDecimal> waved = new ArrayList<>();
        for (BigDecimal baseline : baselines()) {
            BigDecimal exactly = baseline.add(new BigDecimal("0.005"));
            BigDecimal short1 = exactly.subtract(new BigDecimal("1e-15"));
            if (!trial.reported(accuracy(exactly), accuracy(baseline))
                    .verdict("gain")
                    .equals("PASS")) {
                refused.add(baseline);
            }
            if (!trial.reported(accuracy(short1), accuracy(baseline))
                    .verdict("gain")
                    .equals("FAIL")) {
                waved.add(baseline);
            }
        }
        assertThat(baselines()).hasSize(495);
        assertThat(refused).isEmpty();
        assertThat(waved).isEmpty();
    }

    @Test
    void doubles_would_refuse_20_of_them() {
        long refused = baselines().stream()
                .mapToDouble(BigDecimal::doubleValue)
                .filter(baseline -> !(Double.parseDouble(new BigDecimal(Double.toString(baseline))
                                        .add(new BigDecimal("0.005"))
                                        .toString())
                                - baseline
                        >= 0.005))
                .count();

        assertThat(refused).isEqualTo(20);
    }

    /** A thousand examples, of which a side gets so many right. */
    private static Examples right(int candidate, int baseline) {
        byte[] labels = new byte[1000];
        double[] mine = new double[1000];
        double[] theirs = new double[1000];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = (byte) (row % 2);
            mine[row] = (row < candidate) == (labels[row] == 1) ? 0.9 : 0.1;
            theirs[row] = (row < baseline) == (labels[row] == 1) ? 0.9 : 0.1;
        }
        return new Examples(
                labels,
                Map.of(Side.CANDIDATE, mine, Side.BASELINE, theirs),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    @Test
    void a_computed_gain_of_exactly_the_bound_passes_for_all_495_baselines() {
        Trial trial = Trial.rules(GAIN);
        for (int baseline = 500; baseline < 995; baseline++) {
            assertThat(trial.examples(right(baseline + 5, baseline)).verdict("gain"))
                    .as("baseline .%d", baseline)
                    .isEqualTo("PASS");
            assertThat(trial.examples(right(baseline + 4, baseline)).verdict("gain"))
                    .as("baseline .%d", baseline)
                    .isEqualTo("FAIL");
        }
    }

    @Test
    void a_significant_gain_of_exactly_the_bound_passes_for_all_495_baselines() {
        Trial trial = Trial.rules("{id: gain, metric: accuracy, unit: fraction, change: {min: '0.005'}}");
        for (int baseline = 500; baseline < 995; baseline++) {
            assertThat(trial.examples(right(baseline + 5, baseline)).verdict("gain"))
                    .as("baseline .%d", baseline)
                    .isEqualTo("PASS");
        }
    }

    @Test
    void a_loss_that_is_better_when_lower_meets_its_bound_exactly_too() {
        Trial trial = Trial.rules("{id: gain, metric: brier, unit: fraction, change: {min: '0.005', mode: point}}");
        for (BigDecimal baseline : baselines()) {
            BigDecimal exactly = baseline.subtract(new BigDecimal("0.005"));
            assertThat(trial.reported("{brier: " + exactly + "}", "{brier: " + baseline + "}")
                            .verdict("gain"))
                    .as("baseline %s", baseline)
                    .isEqualTo("PASS");
        }
    }

    @Test
    void a_relative_gain_is_a_share_of_the_size_of_the_baseline() {
        Trial trial = Trial.rules(RELATIVE);

        assertThat(trial.reported("{score: 101}", "{score: 100}").verdict("gain"))
                .isEqualTo("PASS");
        assertThat(trial.reported("{score: 100.99999999}", "{score: 100}").verdict("gain"))
                .isEqualTo("FAIL");
        assertThat(trial.reported("{score: -9.9}", "{score: -10}").verdict("gain"))
                .isEqualTo("PASS");
        assertThat(trial.reported("{score: -20}", "{score: -10}").verdict("gain"))
                .isEqualTo("FAIL");
        assertThat(trial.reported("{score: -5}", "{score: -10}").verdict("gain"))
                .isEqualTo("PASS");
    }

    @Test
    void a_share_of_next_to_nothing_is_an_error_and_of_a_trillionth_is_not() {
        Trial trial = Trial.rules(RELATIVE);

        assertThat(trial.reported("{score: 1}", "{score: 0}").verdict("gain")).isEqualTo("ERROR BASELINE_ZERO");
        assertThat(trial.reported("{score: 1}", "{score: 0.00000000000099999}").verdict("gain"))
                .isEqualTo("ERROR BASELINE_ZERO");
        assertThat(trial.reported("{score: 1}", "{score: 0.000000000001}").verdict("gain"))
                .isEqualTo("PASS");
        assertThat(trial.reported("{score: 1}", "{score: -0.000000000001}").verdict("gain"))
                .isEqualTo("PASS");
    }

    @Test
    void min_and_max_include_their_value_and_above_and_below_do_not() {
        assertThat(bound("min: 0.9", "0.9")).isEqualTo("PASS");
        assertThat(bound("min: 0.9", "0.8999999999999999")).isEqualTo("FAIL");
        assertThat(bound("above: 0.9", "0.9")).isEqualTo("FAIL");
        assertThat(bound("above: 0.9", "0.9000000000000001")).isEqualTo("PASS");
        assertThat(bound("max: 0.9", "0.9")).isEqualTo("PASS");
        assertThat(bound("max: 0.9", "0.9000000000000001")).isEqualTo("FAIL");
        assertThat(bound("below: 0.9", "0.9")).isEqualTo("FAIL");
        assertThat(bound("below: 0.9", "0.8999999999999999")).isEqualTo("PASS");
    }

    private static String bound(String bound, String accuracy) {
        return Trial.rules("{id: level, metric: accuracy, unit: fraction, " + bound + "}")
                .reported(Side.CANDIDATE, "{accuracy: " + accuracy + "}")
                .verdict("level");
    }
}
