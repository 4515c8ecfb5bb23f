package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.gate.Plan.Assumed;
import io.hallmark.core.gate.evidence.Examples.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many examples a rule needs: by hand for observed errors, by the published figures where nothing was observed. */
class PlanTest {

    private static final String RULE = "{id: r, metric: accuracy, unit: fraction, %s}";

    private static Plan.Need observed(String settings, String criterion) {
        Trial trial = Trial.of(Policies.with(settings, RULE.replace("%s", criterion)))
                .reported(
                        "{n: 10000, accuracy: 0.901, accuracy_se: 0.001}",
                        "{n: 10000, accuracy: 0.9, accuracy_se: 0.001}");
        return only(Plan.of(trial.gateCase(), Assumed.TYPICAL));
    }

    private static Plan.Need assumed(String settings, String rule) {
        return only(Plan.of(Policies.with(settings, rule), Assumed.TYPICAL));
    }

    private static Plan.Need only(List<Plan.Need> needs) {
        assertThat(needs).hasSize(1);
        return needs.get(0);
    }

    /** The error of the difference is 0.001 times the root of 2 on 10,000 examples, so 0.1414 on one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "change: {min: '0.005'} | 1237",
                "change: {min: '0.005', mode: assured} | 4947",
                "change: {tolerance: '0.005', mode: nonInferior} | 4947",
                "change: {tolerance: '0.005', mode: equivalent} | 6852",
                "distance: {max: '0.005'} | 6852",
                "alarm: {tolerance: '0.005'} | 4947"
            })
    void observed_errors_say_how_many_examples_clear_the_bound(String criterion, long needed) {
        Plan.Need need = observed("{}", criterion);

        assertThat(need.needed()).contains(needed);
        assertThat(need.available()).contains(10_000L);
        assertThat(need.observed()).isTrue();
        assertThat(need.undecidable()).isFalse();
        assertThat(need.sentence())
                .contains("r needs " + needed + " examples", "by the errors observed; there are 10000.");
    }

    @Test
    void at_little_confidence_the_point_decides_how_many_a_significant_gain_needs() {
        // 0.1414 x 0.8416 / 0.005, squared: to be above the minimum 4 times in 5
        assertThat(observed("{statistics: {confidence: '0.55'}}", "change: {min: '0.005'}")
                        .needed())
                .contains(567L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "min: '0.8'",
                "change: {min: '0.005', mode: point}",
                "change: {min: 0}",
                "change: {min: '-0.005'}",
                "change: {tolerance: 0, mode: nonInferior}",
                "distance: {max: '0.005', mode: point}",
                "alarm: {tolerance: 0}",
                "maxDrop: '0.01'"
            })
    void where_the_bound_is_no_distance_no_number_helps(String criterion) {
        Plan.Need need = assumed("{}", RULE.replace("%s", criterion));

        assertThat(need.needed()).isEmpty();
        assertThat(need.undecidable()).isFalse();
        assertThat(need.sentence()).startsWith("r needs no particular number of examples");
        assertThat(observed("{}", criterion).needed()).isEmpty();
    }

    @Test
    void without_evidence_the_figures_are_those_of_binormal_scores() {
        assertThat(assumed("{}", "{id: p99, metric: latency_p99, below: '100 ms', bound: upper}")
                        .needed())
                .contains(299L);
        assertThat(assumed("{}", "{id: p99, metric: latency_p99, below: '100 ms', minSamples: 1000}")
                        .needed())
                .contains(1000L);
        assertThat(assumed(
                                "{}",
                                "{id: parity, metric: precision, unit: fraction, groups: {attribute: group_sex}, max: '0.02'}")
                        .needed())
                .contains(1729L);
        Plan.Need slope = assumed(
                "{}", "{id: s, metric: calibration_slope, unit: number, distance: {reference: ideal, max: '0.02'}}");
        assertThat(slope.needed().orElseThrow()).isBetween(100_000L, 400_000L);
        Plan.Need gain = assumed("{}", "{id: gain, metric: roc_auc, unit: fraction, change: {min: '0.005'}}");
        assertThat(gain.needed()).contains(5_919L);
        assertThat(gain.observed()).isFalse();
        assertThat(gain.sentence()).contains("if the true gain is twice the minimum, by a model of the scores.");
    }

    @Test
    void a_metric_that_nobody_has_a_model_of_has_no_figure_before_it_is_measured() {
        assertThat(assumed("{}", "{id: g, metric: brier, unit: fraction, change: {min: '0.005'}}")
                        .needed())
                .isEmpty();
        assertThat(assumed("{}", "{id: s, metric: calibration_slope, unit: number, distance: {max: '0.02'}}")
                        .needed())
                .isEmpty();
        assertThat(assumed("{}", "{id: g, metric: roc_auc, unit: fraction, distance: {max: '0.02'}}")
                        .needed())
                .isEmpty();
    }

    @Test
    void a_gap_of_nothing_is_never_narrow_enough() {
        String groups = "{id: r, metric: precision, unit: fraction, groups: {attribute: group_sex}, max: 0}";

        assertThat(assumed("{}", groups).needed()).isEmpty();
    }

    @Test
    void too_few_examples_are_said_to_be_too_few() {
        String rule = "{id: p99, metric: latency_p99, below: '100 ms', bound: upper}";
        Plan.Need few = assumed("{evidence: {examples: 298}}", rule);
        Plan.Need enough = assumed("{evidence: {examples: 299}}", rule);

        assertThat(few.undecidable()).isTrue();
        assertThat(few.sentence())
                .isEqualTo("p99 needs 299 calls, to bound the quantile at all, by a model of the scores; there are 298,"
                        + " so expect it to be inconclusive.");
        assertThat(enough.undecidable()).isFalse();
        assertThat(enough.sentence()).endsWith("; there are 299.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "change: {min: '0.005'} | to pass 4 times in 5 if the true gain is twice the minimum",
                "change: {tolerance: '0.005', mode: nonInferior} | to pass 4 times in 5 if there is no true difference",
                "distance: {max: '0.005'} | to pass 4 times in 5 if there is no true difference",
                "alarm: {tolerance: '0.005'} | to find a loss of twice the tolerance 4 times in 5",
                "min: 0, slices: {all: [a], minSize: 2} | and never below its minSize",
                "alarm: {tolerance: '0.005'}, slices: {all: [a], minSize: 1} | to find a loss of twice the tolerance",
                "alarm: {tolerance: '0.005'}, slices: {all: [a], minSize: 2} | and never below its minSize",
                "change: {min: '0.005'}, slices: {all: [a], minSize: 2} | if the true gain is twice the minimum"
            })
    void a_need_says_for_which_truth_it_is_enough(String criterion, String hope) {
        String slice = "{'a=x': {n: 10000, accuracy: 0.901, accuracy_se: 0.001}}";
        Trial trial = Trial.rules(RULE.replace("%s", criterion))
                .reported(
                        "{n: 10000, accuracy: 0.901, accuracy_se: 0.001}",
                        "{n: 10000, accuracy: 0.9, accuracy_se: 0.001}")
                .changed(Side.CANDIDATE, report -> report.slices(slice))
                .changed(Side.BASELINE, report -> report.slices(slice));

        assertThat(only(Plan.of(trial.gateCase(), Assumed.TYPICAL)).sentence()).contains(hope);
    }

    @Test
    void an_error_of_zero_says_nothing_of_how_many_are_needed() {
        Trial trial = Trial.rules(RULE.replace("%s", "change: {min: '0.005'}"))
                .reported("{n: 9, accuracy: 0.9, accuracy_se: 0}", "{n: 9, accuracy: 0.8, accuracy_se: 0}");
        Plan.Need need = only(Plan.of(trial.gateCase(), Assumed.TYPICAL));

        assertThat(need.observed()).isFalse();
        assertThat(need.needed()).isEmpty();
    }

    @Test
    void a_slice_never_needs_fewer_than_its_minimum() {
        String slices = ", slices: {all: [slice_plan], minSize: %d}}";
        String rule = "{id: r, metric: roc_auc, unit: fraction, change: {min: '0.1', mode: assured}";
        long alone = assumed("{}", rule + "}").needed().orElseThrow();

        assertThat(alone).isLessThan(10_000L);
        assertThat(assumed("{}", rule + slices.replace("%d", "10000")).needed()).contains(10_000L);
        assertThat(assumed("{}", rule + slices.replace("%d", "2")).needed()).contains(Math.max(2, alone));
        assertThat(assumed("{}", "{id: r, metric: accuracy, unit: fraction, min: 0" + slices.replace("%d", "1"))
                        .needed())
                .isEmpty();
        assertThat(assumed("{}", "{id: r, metric: accuracy, unit: fraction, min: 0" + slices.replace("%d", "2"))
                        .needed())
                .contains(2L);
    }

    @Test
    void every_slice_of_the_evidence_is_a_need_of_its_own_and_a_rule_that_was_left_out_is_assumed() {
        String slices = "{'slice_plan=a': {n: 400, accuracy: 0.9}, 'slice_plan=b': {n: 600, accuracy: 0.9}}";
        Trial trial = Trial.rules(
                        "{id: floor, metric: accuracy, unit: fraction, slices: {all: [slice_plan], minSize: 500}, min: 0}",
                        "{id: gain, metric: roc_auc, unit: fraction, change: {min: '0.005'}}")
                .reported(Side.CANDIDATE, "{n: 1000}")
                .changed(Side.CANDIDATE, report -> report.slices(slices));
        List<Plan.Need> needs = Plan.of(trial.gateCase(), Assumed.TYPICAL);

        assertThat(needs.stream().map(Plan.Need::where).toList())
                .containsExactly(Optional.of("slice_plan=b"), Optional.of("slice_plan=a"), Optional.empty());
        assertThat(needs.stream().map(Plan.Need::available).toList())
                .containsExactly(Optional.of(600L), Optional.of(400L), Optional.empty());
        assertThat(needs.stream().map(Plan.Need::undecidable).toList()).containsExactly(false, true, false);
        assertThat(needs.get(1).json().fields().keySet())
                .isEqualTo(Map.of(
                                "rule",
                                1,
                                "where",
                                1,
                                "of",
                                1,
                                "needed",
                                1,
                                "available",
                                1,
                                "observed",
                                1,
                                "undecidable",
                                1,
                                "sentence",
                                1)
                        .keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "0.5,0.1,0.9,0.9",
        "1,0.1,0.9,0.9",
        "0.85,0,0.9,0.9",
        "0.85,1,0.9,0.9",
        "0.85,0.1,-1,0.9",
        "0.85,0.1,1,0.9",
        "0.85,0.1,0.9,0",
        "0.85,0.1,0.9,1",
        "NaN,0.1,0.9,0.9"
    })
    void what_is_assumed_has_to_be_possible(double auc, double prevalence, double correlation, double share) {
        assertThatThrownBy(() -> new Assumed(auc, prevalence, correlation, share))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Assumed(0.85, 0.1, 0.9, 0.9)).isEqualTo(Assumed.TYPICAL);
    }
}
