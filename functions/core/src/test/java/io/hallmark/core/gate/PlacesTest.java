package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which slices a rule comes down to. */
class PlacesTest {

    private static final String SLICES = "{slice_plan=a: {n: 30, accuracy: 0.9}, slice_plan=b: {n: 20, accuracy: 0.9},"
            + " slice_plan=c: {n: 10, accuracy: 0.9}, group_sex=f: {n: 99, accuracy: 0.9}}";

    private static String rule(String choice) {
        return "{id: r, metric: accuracy, unit: fraction, slices: {" + choice + "}, min: 0}";
    }

    private static Trial reported(String choice) {
        return Trial.rules(rule(choice))
                .reported("{n: 60}", "{n: 60}")
                .changed(Side.CANDIDATE, report -> report.slices(SLICES))
                .changed(
                        Side.BASELINE,
                        report -> report.slices(SLICES)
                                .traffic(Map.of("slice_plan=c", "0.6", "slice_plan=b", "0.3", "group_sex=f", "0.9")));
    }

    private static List<String> resolved(Trial trial) {
        Json.Obj slices = trial.decision().document().object("resolved").object("slices");
        return slices.has("r") ? slices.texts("r") : List.of();
    }

    @Test
    void traffic_ranks_by_the_snapshot_and_count_by_the_rows_of_the_baseline() {
        assertThat(resolved(reported("topK: {by: traffic, k: 1}"))).containsExactly("slice_plan=c");
        assertThat(resolved(reported("topK: {by: count, k: 1}"))).containsExactly("slice_plan=a");
        assertThat(resolved(reported("topK: {by: weight, k: 1}"))).containsExactly("slice_plan=a");
        assertThat(resolved(reported("topK: {by: traffic, k: 1, columns: [group_sex]}")))
                .containsExactly("group_sex=f");
        assertThat(reported("topK: {by: traffic, k: 3}").verdict("r")).isEqualTo("ERROR SLICE_MISSING");
    }

    /** Six rows of which the last weighs most; the slices hold 3, 2 and 1 of them. */
    private static Examples weighted() {
        byte[] labels = {1, 0, 1, 0, 1, 0};
        double[] scores = {0.9, 0.1, 0.8, 0.2, 0.7, 0.3};
        return new Examples(
                labels,
                Map.of(Side.CANDIDATE, scores, Side.BASELINE, scores),
                Optional.of(new double[] {1, 1, 1, 1, 1, 10}),
                Optional.empty(),
                Map.of("slice_plan", new Examples.Column(List.of("a", "b", "c"), new int[] {0, 0, 0, 1, 1, 2})));
    }

    @Test
    void weight_ranks_by_the_weights_of_the_examples() {
        assertThat(resolved(Trial.rules(rule("topK: {by: weight, k: 1}")).examples(weighted())))
                .containsExactly("slice_plan=c");
        assertThat(resolved(Trial.rules(rule("topK: {by: count, k: 1}")).examples(weighted())))
                .containsExactly("slice_plan=a");
        assertThat(resolved(Trial.rules(rule("topK: {by: traffic, k: 1}")).examples(weighted())))
                .containsExactly("slice_plan=a");
    }

    @Test
    void slices_of_the_same_size_are_ranked_by_name() {
        String even = "{slice_plan=b: {n: 5, accuracy: 0.9}, slice_plan=a: {n: 5, accuracy: 0.9},"
                + " slice_age=z: {n: 5, accuracy: 0.9}}";
        Trial trial = Trial.rules(rule("topK: {by: count, k: 2}"))
                .reported("{n: 60}", "{n: 60}")
                .changed(Side.CANDIDATE, report -> report.slices(even))
                .changed(Side.BASELINE, report -> report.slices(even));

        assertThat(resolved(trial)).containsExactly("slice_age=z", "slice_plan=a");
    }

    private static String small(String minimum) {
        Trial trial = Trial.rules(rule("all: [slice_plan], " + minimum)).examples(weighted());
        return String.join(
                " ",
                trial.decision().checks().stream()
                        .filter(check -> check.text("rule").equals("r"))
                        .map(check -> check.findText("where").orElse("") + ":" + check.text("verdict"))
                        .toList());
    }

    @Test
    void slices_are_too_small_below_each_of_their_minima_and_not_at_them() {
        assertThat(small("minSize: 2")).isEqualTo("slice_plan=a:PASS slice_plan=b:PASS slice_plan=c:INCONCLUSIVE");
        assertThat(small("minPositives: 1")).isEqualTo("slice_plan=a:PASS slice_plan=b:PASS slice_plan=c:INCONCLUSIVE");
        assertThat(small("minPositives: 2"))
                .isEqualTo("slice_plan=a:PASS slice_plan=b:INCONCLUSIVE slice_plan=c:INCONCLUSIVE");
        assertThat(small("minNegatives: 1")).isEqualTo("slice_plan=a:PASS slice_plan=b:PASS slice_plan=c:PASS");
        assertThat(small("minSize: 2, pool: other"))
                .as("one row alone stays too small")
                .isEqualTo("slice_plan=a:PASS slice_plan=b:PASS slice_plan=c:INCONCLUSIVE");
        assertThat(small("minSize: 3, pool: other")).isEqualTo("slice_plan=a:PASS slice_plan=b | slice_plan=c:PASS");
        assertThat(small("minPositives: 2, pool: other"))
                .isEqualTo("slice_plan=a:PASS slice_plan=b:INCONCLUSIVE slice_plan=c:INCONCLUSIVE");
    }

    @Test
    void what_a_slice_lacks_is_said_with_what_is_asked_for() {
        Json.Obj check = Trial.rules(
                        rule("named: [{column: slice_plan, value: b}], minSize: 5, minPositives: 6, minNegatives: 7"))
                .examples(weighted())
                .check("r");

        assertThat(check.text("message"))
                .isEqualTo(
                        "accuracy in slice_plan=b: 2 examples (1 positive, 1 negative) are too few; the rule asks for"
                                + " 5 examples, 6 positive, 7 negative.");
        assertThat(check.object("numbers").integer("n")).isEqualTo(2);
    }

    @Test
    void a_pooled_slice_is_measured_on_all_of_its_rows_and_an_intersection_on_the_common_ones() {
        Examples examples = weighted();

        assertThat(Place.pooled(List.of(slice("b"), slice("c"))).rows(examples)).containsExactly(3, 4, 5);
        assertThat(Place.intersection(List.of(slice("b"), slice("b"))).rows(examples))
                .containsExactly(3, 4);
        assertThat(Place.intersection(List.of(slice("b"), slice("c"))).rows(examples))
                .isEmpty();
        assertThat(Place.pooled(List.of(slice("b"), slice("b"))).rows(examples)).containsExactly(3, 4);
        assertThat(Place.EVERYWHERE.rows(examples)).hasSize(6);
        assertThat(Place.pooled(List.of(slice("b"), slice("c"))).slice()).isEmpty();
        assertThat(Place.intersection(List.of(slice("b"), slice("c"))).slice()).isEmpty();
        assertThat(Place.of(slice("b")).slice()).contains(slice("b"));
    }

    private static io.hallmark.core.gate.policy.Rule.Slice slice(String value) {
        return new io.hallmark.core.gate.policy.Rule.Slice("slice_plan", value);
    }

    @Test
    void a_place_without_examples_is_missing() {
        Trial trial =
                Trial.rules(rule("named: [{column: slice_plan, value: z}]")).examples(weighted());

        assertThat(trial.verdict("r")).isEqualTo("ERROR SLICE_MISSING");
    }

    @Test
    void the_number_of_examples_is_a_metric_too() {
        Trial trial = Trial.rules(
                        "{id: all, metric: n, unit: number, min: 6}",
                        "{id: more, metric: n, unit: number, min: 7, severity: warn}")
                .examples(weighted());

        assertThat(trial.verdict("all")).isEqualTo("PASS");
        assertThat(trial.verdict("more")).isEqualTo("FAIL");
    }
}
