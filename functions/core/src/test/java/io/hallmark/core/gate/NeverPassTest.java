package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One broken input, and each way to judge: nothing passes. */
class NeverPassTest {

    /** Rules that the sound evidence meets, by the criterion that each of them is about. */
    private static final Map<String, String> RULES = new TreeMap<>(Map.ofEntries(
            rule("min", "min: '0.8'"),
            rule("above", "above: '0.8'"),
            rule("range", "min: '0.8', max: '0.99'"),
            rule("lower bound", "min: '0.8', bound: lower"),
            rule("change point", "change: {min: '0.01', mode: point}"),
            rule("change relative", "change: {min: '0.01', mode: point, relative: true}"),
            rule("change significant", "change: {min: '0.01'}"),
            rule("change assured", "change: {min: '0.01', mode: assured}"),
            rule("change non-inferior", "change: {tolerance: '0.01', mode: nonInferior}"),
            rule("change equivalent", "change: {tolerance: '0.9', mode: equivalent}"),
            rule("too good", "change: {max: '0.5'}"),
            rule("distance point", "distance: {max: '0.9', mode: point}"),
            rule("distance equivalent", "distance: {max: '0.9'}"),
            rule("alarm", "alarm: {tolerance: '0.01'}"),
            rule("slice", "slices: {named: [{column: slice_plan, value: free}]}, min: '0.8'"),
            rule("all slices", "slices: {all: [slice_plan]}, min: '0.8'"),
            rule("top slices", "slices: {topK: {by: count, k: 2}}, min: '0.8'"),
            rule("gap", "groups: {attribute: group_sex, minSize: 10, sizeOf: rows}, max: '0.1'"),
            rule(
                    "three zones",
                    "groups: {attribute: group_sex, minSize: 10, sizeOf: rows}, max: '0.1', threeZone: true"),
            rule("ratio", "groups: {attribute: group_sex, minSize: 10, sizeOf: rows, aggregator: ratio}, min: '0.8'")));

    private static final String SLICES = """
            {"slice_plan=free": {n: 500, accuracy: 0.9}, "slice_plan=paid": {n: 500, accuracy: 0.9},
             "group_sex=f": {n: 500, accuracy: 0.9}, "group_sex=m": {n: 500, accuracy: 0.9}}
            """;

    private static Map.Entry<String, String> rule(String name, String criterion) {
        return Map.entry(name, "{id: r, metric: accuracy, unit: fraction, " + criterion + "}");
    }

    private static Trial sound(String rule) {
        return Trial.rules(rule)
                .reported(
                        "{n: 1000, accuracy: 0.9, accuracy_se: 0.001}", "{n: 1000, accuracy: 0.88, accuracy_se: 0.001}")
                .changed(Side.CANDIDATE, report -> report.slices(SLICES))
                .changed(Side.BASELINE, report -> report.slices(SLICES));
    }

    static Stream<Arguments> rules() {
        return RULES.entrySet().stream().map(rule -> Arguments.of(rule.getKey(), rule.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void sound_evidence_passes_every_rule(String name, String rule) {
        assertThat(sound(rule).decision().verdict()).as(name).isEqualTo(DecisionVerdict.PASSED);
    }

    static Stream<Arguments> rulesAndFaults() {
        List<Arguments> all = new ArrayList<>();
        RULES.forEach((name, rule) -> {
            for (String code : List.of("METRIC_MISSING", "METRIC_TYPE", "METRIC_RANGE")) {
                all.add(Arguments.of(name, code, broken(rule, code)));
            }
            all.add(Arguments.of(name, "no metrics", sound(rule).reported(Side.CANDIDATE, "{}")));
            all.add(Arguments.of(name, "no slices, other metric", sound(rule).reported(Side.CANDIDATE, "{f1: 0.9}")));
            all.add(Arguments.of(
                    name,
                    "faults",
                    sound(rule).changed(Side.CANDIDATE, report -> report.faults("the slice a=b is there twice"))));
            all.add(Arguments.of(
                    name,
                    "other bytes",
                    sound(rule).changed(Side.CANDIDATE, report -> report.artifactDigest(Hashing.sha256("other")))));
            all.add(Arguments.of(name, "other variant", sound(rule).variants(Trial.variant("int8", 5))));
            all.add(Arguments.of(
                    name, "stranger", sound(rule).under(Policies.with("{evidence: {evaluators: [nobody]}}", rule))));
            all.add(Arguments.of(name, "old", sound(rule).under(Policies.with("{evidence: {maxAge: PT59M}}", rule))));
        });
        return all.stream();
    }

    private static Trial broken(String rule, String code) {
        return sound(rule)
                .changed(
                        Side.CANDIDATE,
                        report -> report.broken("accuracy", code)
                                .slices(SLICES.replace("accuracy: 0.9", "accuracy: none")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rulesAndFaults")
    void broken_evidence_of_the_candidate_is_rejected_and_no_check_of_it_passes(
            String name, String fault, Trial trial) {
        Decision decision = trial.decision();

        assertThat(decision.verdict()).isEqualTo(DecisionVerdict.REJECTED);
        assertThat(decision.admits()).isFalse();
        assertThat(decision.checks())
                .filteredOn(check -> check.text("rule").equals("r"))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.text("verdict")).isEqualTo("ERROR"));
    }

    static Stream<Arguments> comparisonsAndFaults() {
        List<Arguments> all = new ArrayList<>();
        RULES.forEach((name, rule) -> {
            if (rule.contains("change") || rule.contains("distance") || rule.contains("alarm")) {
                all.add(Arguments.of(name, "no metric", sound(rule).reported(Side.BASELINE, "{f1: 1}")));
                all.add(Arguments.of(name, "text", sound(rule).reported(Side.BASELINE, "{accuracy: '0.88'}")));
                all.add(Arguments.of(
                        name, "faults", sound(rule).changed(Side.BASELINE, report -> report.faults("unreadable"))));
                all.add(Arguments.of(
                        name,
                        "other bytes",
                        sound(rule).changed(Side.BASELINE, report -> report.artifactDigest(Hashing.sha256("other")))));
                all.add(Arguments.of(
                        name,
                        "other data",
                        sound(rule)
                                .changed(
                                        Side.BASELINE,
                                        report -> report.dataset(Optional.of("sha256:" + "e".repeat(64))))));
                all.add(Arguments.of(
                        name,
                        "no data",
                        sound(rule).changed(Side.BASELINE, report -> report.dataset(Optional.empty()))));
                all.add(Arguments.of(
                        name,
                        "no data of the candidate",
                        sound(rule).changed(Side.CANDIDATE, report -> report.dataset(Optional.empty()))));
                all.add(Arguments.of(
                        name,
                        "other definitions",
                        sound(rule).changed(Side.BASELINE, report -> report.definitions("sha256:f00"))));
                all.add(Arguments.of(
                        name,
                        "other evaluator",
                        sound(rule).changed(Side.BASELINE, report -> report.evaluator(Optional.empty()))));
                all.add(Arguments.of(
                        name,
                        "other evaluator version",
                        sound(rule)
                                .changed(
                                        Side.BASELINE,
                                        report -> report.evaluator(Optional.of(
                                                new Report.Evaluator("ci-evaluator", "2", Optional.empty()))))));
                all.add(Arguments.of(
                        name,
                        "no predictions to recompute from",
                        sound(rule).under(Policies.with("{baseline: {ref: 'stage:production'}}", rule))));
                all.add(Arguments.of(name, "no baseline", absent(rule)));
            }
        });
        return all.stream();
    }

    private static Trial absent(String rule) {
        return Trial.of(Policies.with("{baseline: {ref: 'stage:production', onMissingBaseline: absoluteOnly}}", rule))
                .reported(Side.CANDIDATE, "{n: 1000, accuracy: 0.9, accuracy_se: 0.001}");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("comparisonsAndFaults")
    void broken_evidence_of_the_baseline_never_passes(String name, String fault, Trial trial) {
        Decision decision = trial.decision();

        assertThat(decision.verdict()).isIn(DecisionVerdict.REJECTED, DecisionVerdict.NO_DECISION);
        assertThat(decision.admits()).isFalse();
        assertThat(decision.checks())
                .filteredOn(check -> check.text("rule").equals("r"))
                .allSatisfy(check -> assertThat(check.text("verdict")).isIn("ERROR", "INCOMPARABLE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a: .nan}", "{a: .inf}", "{a: -.inf}", "{a: 1, a: 2}"})
    void what_is_no_number_and_what_is_said_twice_is_not_even_read(String text) {
        assertThatThrownBy(() -> Texts.yaml(text)).isInstanceOf(Texts.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": NaN}", "{\"a\": Infinity}", "{\"a\": 1, \"a\": 2}"})
    void json_neither(String text) {
        assertThatThrownBy(() -> Texts.json(text)).isInstanceOf(Texts.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e3", "0x10", "1_000", "", "0,005", "5 percent"})
    void a_bound_that_is_no_plain_decimal_makes_no_policy(String bound) {
        Json.Obj rule = Texts.yaml("{id: r, metric: accuracy, unit: fraction}").with("min", bound);

        assertThatThrownBy(() -> GatePolicyReader.read(Policies.document("p", Json.object(), List.of(rule))))
                .isInstanceOf(RegistryFailure.Invalid.class);
    }

    @Test
    void a_check_that_warns_decides_nothing_however_well_it_goes() {
        Trial trial = Trial.rules(
                        "{id: gain, metric: accuracy, unit: fraction, profile: mobile, min: '0.8'}",
                        "{id: hint, metric: accuracy, unit: fraction, min: '0.8', severity: warn}",
                        "{id: dry, metric: accuracy, unit: fraction, min: '0.8', severity: dryRun}")
                .reported(Side.CANDIDATE, "{accuracy: 0.9}");

        assertThat(trial.decision().verdict()).isEqualTo(DecisionVerdict.NO_DECISION);
        assertThat(trial.decision().reason()).isEqualTo("no blocking rule of policy p applied, so nothing was shown");
    }
}
