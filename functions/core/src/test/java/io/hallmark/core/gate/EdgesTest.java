package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small edges of the engine: numbers in sentences, alarms at their level, claims, medians, spreads. */
class EdgesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.000, 0",
        "0.5, 0.5",
        "1.500000, 1.5",
        "0.123456789, 0.12346",
        "0.000004, 0.000004",
        "0.00000123456, 0.000001235",
        "-0.00000123456, -0.000001235",
        "500000000, 500000000",
        "0.00001, 0.00001",
        "12345.678901, 12345.6789"
    })
    void numbers_are_shown_short_and_never_as_nothing(String value, String shown) {
        assertThat(Decimals.show(new BigDecimal(value))).isEqualTo(shown);
    }

    @Test
    void a_number_that_is_none_is_not_compared() {
        for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(Decimals.finite(none)).isEmpty();
            assertThatThrownBy(() -> Decimals.of(none)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Decimals.of(0.1 + 0.2)).isEqualByComparingTo("0.3");
    }

    private static Trial alarmed(String confidence) {
        return Trial.of(Policies.with(
                        "{statistics: {confidence: '" + confidence + "'}}",
                        "{id: r, metric: accuracy, unit: fraction, alarm: {tolerance: '0.001'}}"))
                .reported("{accuracy: 0.898, accuracy_se: 0.001}", "{accuracy: 0.9, accuracy_se: 0.001}");
    }

    @Test
    void an_alarm_goes_off_at_its_level_and_not_above() {
        BigDecimal p = alarmed("0.95").check("r").object("numbers").decimal("p");
        BigDecimal level = BigDecimal.ONE.subtract(p);

        assertThat(p.doubleValue()).isCloseTo(0.2398, org.assertj.core.data.Offset.offset(0.0001));
        assertThat(alarmed(level.toPlainString()).verdict("r")).isEqualTo("FAIL ALARM");
        assertThat(alarmed(level.add(new BigDecimal("1e-12")).toPlainString()).verdict("r"))
                .isEqualTo("PASS");
        assertThat(alarmed(level.toPlainString()).check("r").text("message"))
                .startsWith("accuracy is 0.898 against 0.9 of the baseline, worse by 0.002 (between ")
                .endsWith(": it is shown to be worse than tolerated, p 0.23975.");
    }

    @Test
    void alarms_of_two_rules_are_not_corrected_for_each_other() {
        String rule = "{id: %s, metric: accuracy, unit: fraction, severity: %s, alarm: {tolerance: 0}}";
        Trial trial = Trial.rules(
                        String.format(rule, "one", "block"),
                        String.format(rule, "two", "block"),
                        String.format(rule, "three", "dryRun"))
                .reported("{accuracy: 0.8974, accuracy_se: 0.001}", "{accuracy: 0.9, accuracy_se: 0.001}");

        assertThat(trial.check("one").object("numbers").decimal("p").doubleValue())
                .isCloseTo(0.033, org.assertj.core.data.Offset.offset(0.0001));
        assertThat(trial.verdict("one")).isEqualTo("FAIL ALARM");
        assertThat(trial.check("one").text("message")).doesNotContain("corrected");
    }

    @Test
    void an_alarm_that_cannot_be_tested_is_inconclusive() {
        String rule = "{id: r, metric: accuracy, unit: fraction, alarm: {tolerance: 0}}";

        assertThat(Trial.rules(rule)
                        .reported("{accuracy: 0.8}", "{accuracy: 0.9}")
                        .verdict("r"))
                .isEqualTo("INCONCLUSIVE UNQUANTIFIED");
        assertThat(Trial.rules(rule)
                        .reported("{accuracy: 0.8, accuracy_se: 0}", "{accuracy: 0.9, accuracy_se: 0}")
                        .verdict("r"))
                .isEqualTo("INCONCLUSIVE ZERO_VARIANCE");
    }

    @Test
    void a_claim_may_be_off_by_its_rounding_and_no_more() {
        Trial trial = Trial.rules("{id: r, metric: roc_auc, unit: fraction, min: 0}")
                .examples(Sample.of(5, 200, 1.5, 1.4).examples());
        BigDecimal true1 = trial.check("r").object("numbers").decimal("value");

        assertThat(claims(trial, true1)).isEmpty();
        assertThat(claims(trial, true1.add(new BigDecimal("0.000001")))).isEmpty();
        assertThat(claims(trial, true1.add(new BigDecimal("0.000001000001")))).hasSize(1);
        assertThat(claims(trial, true1.subtract(new BigDecimal("0.000001000001"))))
                .hasSize(1)
                .allSatisfy(claim -> assertThat(claim.text("severity")).isEqualTo("warn"));
    }

    private static List<Json.Obj> claims(Trial trial, BigDecimal auc) {
        return trial
                .reported(Side.CANDIDATE, "{roc_auc: " + auc.toPlainString() + ", f1: 0.1, n: 7}")
                .decision()
                .checks()
                .stream()
                .filter(check -> check.text("rule").equals("claims"))
                .toList();
    }

    @Test
    void the_median_of_an_even_number_of_gaps_is_between_the_two_in_the_middle() {
        assertThat(OnlineGap.median(decimals("3", "1", "2"))).contains(new BigDecimal("2"));
        assertThat(OnlineGap.median(decimals("4", "1", "2", "9"))).contains(new BigDecimal("3"));
        assertThat(OnlineGap.median(decimals("-0.01"))).contains(new BigDecimal("-0.01"));
        assertThat(OnlineGap.median(List.of())).isEmpty();
    }

    private static List<BigDecimal> decimals(String... values) {
        return java.util.Arrays.stream(values).map(BigDecimal::new).toList();
    }

    @Test
    void the_noise_of_training_counts_for_absolute_gains_alone() {
        String settings = "{statistics: {trainingNoise: {replicates: 2, action: reject}}}";
        GateCase.History noisy = new GateCase.History(Map.of("accuracy", decimals("0.80", "0.85")), Map.of(), 0);
        Map<String, String> expected = Map.of(
                "change: {min: '0.01', mode: point}", "FAIL TRAINING_NOISE",
                "change: {min: '0.06', mode: point}", "FAIL",
                "change: {min: '0.01', mode: point, relative: true}", "PASS",
                "change: {max: '0.5'}", "PASS",
                "change: {tolerance: '0.01', mode: nonInferior}", "PASS");
        expected.forEach((criterion, verdict) -> assertThat(Trial.of(
                                Policies.with(settings, "{id: r, metric: accuracy, unit: fraction, " + criterion + "}"))
                        .history(noisy)
                        .reported("{accuracy: 0.85, accuracy_se: 0.001}", "{accuracy: 0.8, accuracy_se: 0.001}")
                        .verdict("r"))
                .as(criterion)
                .isEqualTo(verdict));
    }

    @Test
    void as_many_slices_as_are_asked_for_are_enough() {
        String slices = "{slice_plan=a: {n: 9, accuracy: 0.9}, slice_plan=b: {n: 8, accuracy: 0.9}}";
        for (int k : new int[] {2, 3}) {
            Trial trial = Trial.rules("{id: r, metric: accuracy, unit: fraction, slices: {topK: {by: count, k: " + k
                            + "}}, min: 0}")
                    .reported("{n: 1}", "{n: 1}")
                    .changed(Side.CANDIDATE, report -> report.slices(slices))
                    .changed(Side.BASELINE, report -> report.slices(slices));
            assertThat(trial.decision().verdict())
                    .isEqualTo(k == 2 ? DecisionVerdict.PASSED : DecisionVerdict.REJECTED);
        }
    }

    @ParameterizedTest
    @CsvSource({"latency_p99, 0.99", "latency_p99.9, 0.999", "latency_p5, 0.05", "latency_p0, ", "latency_mean, "})
    void a_quantile_is_read_from_its_name(String metric, Double quantile) {
        assertThat(LatencyQuantile.quantile(metric)).isEqualTo(Optional.ofNullable(quantile));
    }

    @Test
    void a_distance_to_the_ideal_needs_no_baseline_and_one_to_the_baseline_does() {
        String slope =
                "{id: r, metric: calibration_slope, unit: number, distance: {reference: %s, max: '0.1', mode: point}}";
        Trial ideal = Trial.rules(slope.replace("%s", "ideal")).reported(Side.CANDIDATE, "{calibration_slope: 1.05}");
        Trial baseline =
                Trial.rules(slope.replace("%s", "baseline")).reported(Side.CANDIDATE, "{calibration_slope: 1.05}");

        assertThat(ideal.decision().verdict()).isEqualTo(DecisionVerdict.PASSED);
        assertThat(baseline.decision().verdict()).isEqualTo(DecisionVerdict.NO_DECISION);
        assertThat(baseline.decision().document().array("notEvaluated")).hasSize(1);
    }
}
