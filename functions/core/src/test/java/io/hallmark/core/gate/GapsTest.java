package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Groups: who belongs to them, how large they are, and how sure their gap is. */
class GapsTest {

    private static Trial reported(String rule, String slices) {
        return Trial.rules(rule)
                .reported(Side.CANDIDATE, "{n: 10000}")
                .changed(Side.CANDIDATE, report -> report.slices(slices));
    }

    private static String rule(String metric, String groups, String bound) {
        return "{id: r, metric: " + metric + ", unit: fraction, groups: {attribute: group_sex, " + groups + "}, "
                + bound + "}";
    }

    private static String sized(String sizeOf, String f) {
        return reported(
                        rule("precision", "minSize: 1000, sizeOf: " + sizeOf, "max: '0.5'"),
                        "{group_sex=f: {precision: 0.9, " + f
                                + "}, group_sex=m: {precision: 0.9, n: 9000, positives: 4000,"
                                + " predicted_positives: 3000}}")
                .verdict("r");
    }

    @Test
    void a_group_of_exactly_its_minimum_counts_by_whatever_it_is_measured() {
        assertThat(sized("rows", "n: 1000")).isEqualTo("PASS");
        assertThat(sized("rows", "n: 999")).isEqualTo("INCONCLUSIVE GROUP_TOO_SMALL");
        assertThat(sized("positives", "n: 5000, positives: 1000")).isEqualTo("PASS");
        assertThat(sized("positives", "n: 5000, positives: 999")).isEqualTo("INCONCLUSIVE GROUP_TOO_SMALL");
        assertThat(sized("negatives", "n: 5000, positives: 4000")).isEqualTo("PASS");
        assertThat(sized("negatives", "n: 5000, positives: 4001")).isEqualTo("INCONCLUSIVE GROUP_TOO_SMALL");
        assertThat(sized("predictedPositives", "n: 5000, predicted_positives: 1000"))
                .isEqualTo("PASS");
        assertThat(sized("predictedPositives", "n: 5000, predicted_positives: 999"))
                .isEqualTo("INCONCLUSIVE GROUP_TOO_SMALL");
    }

    @Test
    void a_group_of_which_nothing_is_said_is_an_error_by_whatever_it_is_measured() {
        for (String size : List.of("rows", "positives", "negatives", "predictedPositives")) {
            assertThat(sized(size, "auc: 1")).as(size).isEqualTo("ERROR INSUFFICIENT_GROUPS");
        }
    }

    @Test
    void without_more_words_the_size_that_counts_stands_below_the_fraction_bar() {
        Map<String, String> natural = Map.of(
                "precision", "predicted_positives: 1000",
                "recall", "positives: 1000, n: 99999",
                "fpr", "positives: 98999, n: 99999",
                "selection_rate", "n: 1000");
        natural.forEach((metric, size) -> {
            Trial trial = reported(
                    rule(metric, "minSize: 1000", "max: '0.02', threeZone: true"),
                    "{group_sex=f: {" + metric + ": 0.9, " + size + "}, group_sex=m: {" + metric + ": 0.9, " + size
                            + "}}");
            Json.Obj numbers = trial.check("r").object("numbers");
            // the root of 2 x 0.9 x 0.1 / 1000
            assertThat(numbers.decimal("standardError").doubleValue())
                    .as(metric)
                    .isCloseTo(0.0134164, org.assertj.core.data.Offset.offset(1e-6));
            assertThat(numbers.integer("n")).isEqualTo(1000);
            assertThat(numbers.text("basis")).isEqualTo("report");
        });
    }

    @Test
    void a_share_of_nothing_or_of_all_has_no_spread_and_other_figures_need_one_of_their_own() {
        String shares = "{group_sex=f: {precision: 0, predicted_positives: 1000},"
                + " group_sex=m: {precision: 1, predicted_positives: 1000}}";
        String losses = "{group_sex=f: {log_loss: 0.1, n: 1000}, group_sex=m: {log_loss: 0.9, n: 1000}}";
        String known = "{group_sex=f: {log_loss: 0.1, log_loss_se: 0.01, n: 1000},"
                + " group_sex=m: {log_loss: 0.9, log_loss_se: 0.01, n: 1000}}";
        String loss =
                rule("log_loss", "minSize: 1", "max: '0.02', threeZone: true").replace("fraction", "number");

        assertThat(reported(rule("precision", "minSize: 1", "max: '0.02', threeZone: true"), shares)
                        .verdict("r"))
                .isEqualTo("FAIL");
        assertThat(reported(loss, losses).verdict("r")).isEqualTo("INCONCLUSIVE NOT_SHOWN");
        assertThat(reported(loss, known).verdict("r")).isEqualTo("FAIL");
    }

    @Test
    void examples_without_a_known_group_are_in_no_group() {
        String slices = "{group_sex=: {n: 500, selection_rate: 0}, group_sex=unknown: {n: 700, selection_rate: 0},"
                + " group_sex=f: {n: 5000, selection_rate: 0.9}, group_sex=m: {n: 5000, selection_rate: 0.9},"
                + " group_age=old: {n: 77, selection_rate: 0}}";
        Json.Obj check = reported(rule("selection_rate", "minSize: 1", "max: '0.02'"), slices)
                .check("r");

        assertThat(check.text("verdict")).isEqualTo("PASS");
        assertThat(check.text("message")).contains("; 1200 of 11200 examples belong to no known group");
        assertThat(reported(
                                rule("selection_rate", "minSize: 1", "max: '0.02'"),
                                "{group_sex=f: {n: 9}, group_sex=: {n: 9}}")
                        .verdict("r"))
                .isEqualTo("ERROR INSUFFICIENT_GROUPS");
    }

    @Test
    void where_all_examples_have_a_group_nothing_is_said_of_unknown_ones() {
        String slices = "{group_sex=f: {n: 5000, selection_rate: 0.9}, group_sex=m: {n: 5000, selection_rate: 0.9}}";

        assertThat(reported(rule("selection_rate", "minSize: 1", "max: '0.02'"), slices)
                        .check("r")
                        .text("message"))
                .doesNotContain("known group")
                .contains("group_sex=f has 0.9 of 5000 examples; group_sex=m has 0.9 of 5000 examples: ");
    }

    /** Four rows of either group; scores 0.5 and 0.4, of which the threshold takes the first. */
    private static Examples eight() {
        byte[] labels = {1, 0, 1, 0, 1, 0, 1, 0};
        double[] scores = {0.5, 0.5, 0.5, 0.4, 0.5, 0.4, 0.4, 0.4};
        int[] codes = {0, 0, 0, 0, 1, 1, 1, 1};
        return new Examples(
                labels,
                Map.of(Side.CANDIDATE, scores),
                Optional.empty(),
                Optional.empty(),
                Map.of("group_sex", new Examples.Column(List.of("f", "m"), codes)));
    }

    @Test
    void a_score_at_the_threshold_is_a_predicted_positive() {
        Trial trial = Trial.rules(rule("selection_rate", "minSize: 1, sizeOf: predictedPositives", "max: '0.9'"))
                .examples(eight());

        assertThat(trial.check("r").text("message"))
                .contains(
                        "group_sex=f has 0.75 of 3 predicted positives; group_sex=m has 0.25 of 1 predicted positives");
        assertThat(trial.check("r").object("numbers").text("basis")).isEqualTo("predictions");
        assertThat(trial.check("r").object("numbers").integer("n")).isEqualTo(1);
    }

    @Test
    void a_group_without_predicted_positives_is_too_small_where_examples_show_it() {
        Trial trial = Trial.rules(rule("precision", "minSize: 1", "max: '0.9'")).examples(eight());

        assertThat(trial.threshold(Optional.of(new BigDecimal("0.6"))).verdict("r"))
                .isEqualTo("INCONCLUSIVE GROUP_TOO_SMALL");
        assertThat(trial.threshold(Optional.empty()).verdict("r")).isEqualTo("INCONCLUSIVE GROUP_TOO_SMALL");
    }

    @Test
    void positives_and_negatives_of_examples_are_counted() {
        for (String size : List.of("positives", "negatives")) {
            assertThat(Trial.rules(rule("selection_rate", "minSize: 2, sizeOf: " + size, "max: '0.9'"))
                            .examples(eight())
                            .verdict("r"))
                    .isEqualTo("PASS");
            assertThat(Trial.rules(rule("selection_rate", "minSize: 3, sizeOf: " + size, "max: '0.9'"))
                            .examples(eight())
                            .verdict("r"))
                    .isEqualTo("INCONCLUSIVE GROUP_TOO_SMALL");
        }
        assertThat(Trial.rules(rule("selection_rate", "minSize: 4, sizeOf: rows", "max: '0.9'"))
                        .examples(eight())
                        .verdict("r"))
                .isEqualTo("PASS");
    }

    @Test
    void a_gap_that_fails_is_not_asked_how_it_grew_and_one_of_the_baseline_that_is_unknown_is_told() {
        String groups = "maxIncrease: '0.5', minSize: 1";
        String slices = "{group_sex=f: {precision: 0.5, predicted_positives: 1000},"
                + " group_sex=m: {precision: 0.9, predicted_positives: 1000}}";
        Trial failing =
                reported(rule("precision", groups, "max: '0.1'"), slices).reported(Side.BASELINE, "{n: 1}");
        Trial unknown =
                reported(rule("precision", groups, "max: '0.9'"), slices).reported(Side.BASELINE, "{n: 1}");

        assertThat(failing.verdict("r")).isEqualTo("FAIL");
        assertThat(unknown.verdict("r")).isEqualTo("ERROR INSUFFICIENT_GROUPS");
    }

    @Test
    void one_column_alone_has_no_intersections_with_itself() {
        Trial trial = Trial.rules(rule("selection_rate", "minSize: 1, intersections: true", "max: '0.9'")
                        .replace("attribute: group_sex", "attribute: '*'"))
                .examples(eight());

        assertThat(trial.verdict("r")).isEqualTo("PASS");
    }
}
