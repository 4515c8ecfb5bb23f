package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.json.CanonicalJson;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not change, or only in one direction, when a case is changed; over drawn cases. */
class MetamorphicTest {

    private static final int CASES = 120;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, CASES);
    }

    private static Trial trial(Drawn drawn, long seed) {
        return seed % 3 == 0 ? drawn.computed() : drawn.reported();
    }

    private static List<String> verdicts(Decision decision) {
        return decision.checks().stream()
                .map(check -> check.text("rule") + " " + check.findText("where").orElse("") + " "
                        + check.text("verdict") + " " + check.findText("code").orElse(""))
                .sorted()
                .toList();
    }

    @Test
    void the_drawn_cases_reach_every_verdict_of_checks_and_decisions() {
        Map<DecisionVerdict, Integer> decisions = new EnumMap<>(DecisionVerdict.class);
        Map<Verdict, Integer> checks = new EnumMap<>(Verdict.class);
        seeds().forEach(seed -> {
            Decision decision = trial(new Drawn(seed), seed).decision();
            decisions.merge(decision.verdict(), 1, Integer::sum);
            decision.checks().forEach(check -> checks.merge(Verdict.valueOf(check.text("verdict")), 1, Integer::sum));
        });
        assertThat(decisions)
                .containsOnlyKeys(
                        DecisionVerdict.PASSED,
                        DecisionVerdict.NEEDS_REVIEW,
                        DecisionVerdict.REJECTED,
                        DecisionVerdict.NO_DECISION)
                .allSatisfy((verdict, count) -> assertThat(count).isPositive());
        assertThat(checks)
                .containsOnlyKeys(Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.INCOMPARABLE, Verdict.ERROR)
                .allSatisfy((verdict, count) -> assertThat(count).isPositive());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_order_of_rules_and_examples_changes_no_verdict_and_the_same_case_no_byte(long seed) {
        Drawn drawn = new Drawn(seed);
        Trial trial = trial(drawn, seed);
        Decision decision = trial.decision();
        Trial mixed = trial.under(drawn.mixed(trial.policy()));
        for (Examples examples : trial.examples().values()) {
            mixed = mixed.examples(Rows.shuffled(examples, drawn.random()));
        }

        assertThat(mixed.decision().verdict()).isEqualTo(decision.verdict());
        assertThat(verdicts(mixed.decision())).isEqualTo(verdicts(decision));
        assertThat(CanonicalJson.write(trial.decision().document()))
                .isEqualTo(CanonicalJson.write(decision.document()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void one_more_blocking_rule_never_makes_a_rejected_version_pass(long seed) {
        Drawn drawn = new Drawn(seed);
        Trial trial = trial(drawn, seed);
        GatePolicy more = Policies.extended(trial.policy(), drawn.rule("extra"));
        DecisionVerdict before = trial.decision().verdict();
        DecisionVerdict after = trial.under(more).decision().verdict();

        if (before == DecisionVerdict.REJECTED) {
            assertThat(after).isEqualTo(DecisionVerdict.REJECTED);
        }
        if (before == DecisionVerdict.NEEDS_REVIEW) {
            assertThat(after).isNotEqualTo(DecisionVerdict.PASSED);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_rule_that_warns_or_only_measures_changes_no_decision(long seed) {
        Drawn drawn = new Drawn(seed);
        Trial trial = trial(drawn, seed);
        Decision before = trial.decision();
        for (String severity : List.of("warn", "dryRun")) {
            String rule = drawn.rule("extra, severity: " + severity);
            Decision after =
                    trial.under(Policies.extended(trial.policy(), rule)).decision();
            assertThat(after.verdict()).as(rule).isEqualTo(before.verdict());
            assertThat(verdicts(after)).as(rule).containsAll(verdicts(before));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_percent_is_a_hundredth_wherever_it_is_written(long seed) {
        Drawn drawn = new Drawn(seed);
        Trial trial = trial(drawn, seed);
        for (int i = 0; i < 3; i++) {
            String rule = drawn.rule("r");
            Decision fraction = trial.under(Policies.rules(rule)).decision();
            Decision percent = trial.under(Policies.rules(inPercent(rule, ""))).decision();
            Decision written =
                    trial.under(Policies.rules(inPercent(rule, " %"))).decision();

            assertThat(verdicts(percent)).as(rule).isEqualTo(verdicts(fraction));
            assertThat(verdicts(written)).as(rule).isEqualTo(verdicts(fraction));
            assertThat(percent.reason()).as(rule).isEqualTo(fraction.reason());
        }
    }

    private static String inPercent(String rule, String sign) {
        return java.util.regex.Pattern.compile("'(-?[0-9.]+)'")
                .matcher(rule.replace("unit: fraction", "unit: percent"))
                .replaceAll(bound ->
                        "'" + new BigDecimal(bound.group(1)).movePointRight(2).toPlainString() + sign + "'");
    }

    private static final List<String> DIRECTED = List.of(
            "change: {min: '%s', mode: point}",
            "change: {min: '%s', mode: point, relative: true}",
            "change: {min: '%s', max: '0.05', mode: point}",
            "change: {min: '%s'}",
            "change: {min: '%s', maxSpread: '0.02'}",
            "change: {min: '%s', relative: true}",
            "change: {min: '%s', mode: assured}",
            "change: {tolerance: '%s', mode: nonInferior}",
            "change: {tolerance: '%s', mode: equivalent}",
            "distance: {max: '%s'}",
            "alarm: {tolerance: '%s'}");

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_negated_metric_with_its_direction_turned_gives_the_same_verdict(long seed) {
        Drawn drawn = new Drawn(seed);
        String bound = BigDecimal.valueOf(1 + drawn.random().nextInt(40), 3).toPlainString();
        String mine = drawn.overall().replace("accuracy", "m");
        String theirs = drawn.overall().replace("accuracy", "m");
        for (String criterion : DIRECTED) {
            boolean share = criterion.contains("relative");
            String rule = "{id: r, metric: m, unit: " + (share ? "fraction" : "number") + ", "
                    + criterion.replace("%s", bound) + ", direction: ";
            String up = Trial.rules(rule + "higher}").reported(mine, theirs).verdict("r");
            String down = Trial.rules(rule + "lower}")
                    .reported(mine.replace("m: 0", "m: -0"), theirs.replace("m: 0", "m: -0"))
                    .verdict("r");
            assertThat(down).as("%s of %s against %s", rule, mine, theirs).isEqualTo(up);
        }
    }

    private static final List<String> MONOTONE = List.of(
            "min: '%s'",
            "above: '%s'",
            "min: '%s', bound: lower",
            "change: {min: '0.01', mode: point}",
            "change: {min: '0.01', mode: point, relative: true}",
            "change: {min: '0.01'}",
            "change: {min: '0.01', maxSpread: '0.02'}",
            "change: {min: '0.01', mode: assured}",
            "change: {tolerance: '0.01', mode: nonInferior}",
            "alarm: {tolerance: '0.01'}");

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_better_reported_value_never_loses_a_pass(long seed) {
        Drawn drawn = new Drawn(seed);
        String mine = drawn.overall();
        String theirs = drawn.overall();
        BigDecimal better = BigDecimal.valueOf(1 + drawn.random().nextInt(50), 3);
        for (String criterion : MONOTONE) {
            String rule = "{id: r, metric: accuracy, unit: fraction, "
                    + criterion.replace("%s", drawn.value().toPlainString()) + "}";
            if (Trial.rules(rule).reported(mine, theirs).verdict("r").equals("PASS")) {
                assertThat(Trial.rules(rule)
                                .reported(raised(mine, better), theirs)
                                .verdict("r"))
                        .as("%s of %s raised by %s, against %s", rule, mine, better, theirs)
                        .isEqualTo("PASS");
            }
        }
    }

    private static String raised(String overall, BigDecimal by) {
        return java.util.regex.Pattern.compile("accuracy: ([0-9.]+)")
                .matcher(overall)
                .replaceFirst(value -> "accuracy: " + new BigDecimal(value.group(1)).add(by));
    }

    static Stream<Long> someSeeds() {
        return seeds().filter(seed -> seed % 5 == 0).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("someSeeds")
    void better_scores_never_turn_a_pass_into_a_fail(long seed) {
        Drawn drawn = new Drawn(seed);
        Examples examples =
                Sample.of(seed, 400, 1.2 + drawn.random().nextDouble(), 1.2).examples();
        Examples better = improved(examples, drawn);
        for (String metric : List.of("roc_auc", "accuracy", "log_loss")) {
            String unit = metric.equals("log_loss") ? "number" : "fraction";
            for (String mode : List.of(
                    "min: '0.01', mode: point",
                    "min: '0.01'",
                    "min: '0.01', mode: assured",
                    "tolerance: '0.01', mode: nonInferior")) {
                Trial trial =
                        Trial.rules("{id: r, metric: " + metric + ", unit: " + unit + ", change: {" + mode + "}}");
                if (trial.examples(examples).verdict("r").equals("PASS")) {
                    assertThat(trial.examples(better).verdict("r"))
                            .as("%s %s", metric, mode)
                            .isIn("PASS", "INCONCLUSIVE NOT_SHOWN");
                }
            }
        }
    }

    /** A tenth of the candidate's scores moved half of the way to their labels. */
    private static Examples improved(Examples examples, Drawn drawn) {
        double[] scores = examples.scores(Side.CANDIDATE).orElseThrow().clone();
        for (int row = 0; row < scores.length; row++) {
            if (drawn.random().nextInt(10) == 0) {
                scores[row] += (examples.labels()[row] - scores[row]) / 2;
            }
        }
        return new Examples(
                examples.labels(),
                Map.of(
                        Side.CANDIDATE,
                        scores,
                        Side.BASELINE,
                        examples.scores(Side.BASELINE).orElseThrow()),
                examples.weights(),
                examples.clusters(),
                examples.columns());
    }
}
