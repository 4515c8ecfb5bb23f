package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Subject;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The record of a decision, and how it sums up. */
class DecisionTest {

    private static Trial trial() {
        return Trial.rules(
                        "{id: level, metric: accuracy, unit: fraction, min: '0.8'}",
                        "{id: gain, metric: accuracy, unit: fraction, change: {min: '0.005', mode: point}}")
                .reported("{n: 1000, accuracy: 0.91}", "{n: 1000, accuracy: 0.9}");
    }

    @Test
    void the_record_holds_all_that_is_needed_to_decide_again() {
        GateCase gateCase = trial().history(new GateCase.History(
                        Map.of("accuracy", List.of(), "roc_auc", List.of()), Map.of("accuracy", List.of()), 3))
                .gateCase();
        Json.Obj document = Judge.decide(gateCase).document();

        assertThat(document.text("schema")).isEqualTo("hallmark/decision/v1");
        assertThat(document.text("target")).isEqualTo("production");
        assertThat(document.text("at")).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(document.text("actor")).isEqualTo("ada");
        assertThat(Subject.of(document.object("subject"))).isEqualTo(Trial.subject(Side.CANDIDATE));
        assertThat(document.object("baseline").text("ref")).isEqualTo("stage:production");
        assertThat(document.object("baseline").integer("epoch")).isEqualTo(7);
        assertThat(document.object("baseline").decimal("threshold")).isEqualByComparingTo("0.5");
        assertThat(document.object("policy").text("digest"))
                .isEqualTo(gateCase.policy().digest().hex());
        assertThat(document.array("evidence"))
                .hasSize(2)
                .allSatisfy(report ->
                        assertThat(((Json.Obj) report).text("variant")).isEqualTo("default"));
        assertThat(document.object("inputs")).isEqualTo(Texts.yaml("""
                        profile: server
                        threshold: 0.5
                        variants: [{name: default, bytes: 1000000}]
                        missing: []
                        brokenFiles: []
                        replicates: {accuracy: [], roc_auc: []}
                        onlineGaps: {accuracy: []}
                        testSetUses: 3
                        """));
        assertThat(document.object("testSetUse").integer("count")).isEqualTo(4);
        assertThat(document.has("previous")).isFalse();
        assertThat(document.has("review")).isFalse();
    }

    @Test
    void the_digest_names_the_canonical_bytes_and_readers_get_it_with_the_document() {
        Decision decision = trial().decision();

        assertThat(decision.json().text("digest"))
                .isEqualTo(io.hallmark.core.identity.Hashing.sha256(CanonicalJson.bytes(decision.document()))
                        .hex());
        assertThat(decision.json().flag("admits")).isTrue();
        assertThat(decision.json().object("decision")).isEqualTo(decision.document());
    }

    @Test
    void only_a_blocking_rule_that_was_shown_not_to_hold_counts_as_failed() {
        String high = "{id: high, metric: accuracy, unit: fraction, min: '0.99'%s}";
        Trial warned = trial().under(Policies.extended(trial().policy(), high.replace("%s", ", severity: warn")));
        Trial blocked = trial().under(Policies.extended(trial().policy(), high.replace("%s", "")));
        Trial missing = trial().under(Policies.extended(
                trial().policy(), "{id: f, metric: f1, unit: number, direction: higher, min: 0}"));

        assertThat(warned.decision().failed()).isFalse();
        assertThat(blocked.decision().failed()).isTrue();
        assertThat(missing.decision().verdict()).isEqualTo(DecisionVerdict.REJECTED);
        assertThat(missing.decision().failed()).as("an error shows nothing").isFalse();
    }

    private static String[] broken(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "{id: r" + i + ", metric: m" + i + ", unit: number, direction: higher, min: 0}")
                .toArray(String[]::new);
    }

    @Test
    void a_reason_names_five_findings_and_counts_the_rest() {
        Trial five = Trial.rules(broken(5)).reported(Side.CANDIDATE, "{n: 1}");
        Trial six = Trial.rules(broken(6)).reported(Side.CANDIDATE, "{n: 1}");

        assertThat(five.decision().reason())
                .startsWith("r1 ERROR METRIC_MISSING: m1: the evidence has no m1. r2 ")
                .endsWith("r5 ERROR METRIC_MISSING: m5: the evidence has no m5.");
        assertThat(six.decision().reason()).endsWith("no m5. And 1 more.");
    }

    @Test
    void a_reason_begins_with_what_was_shown_not_to_hold_and_says_the_same_once() {
        String slices = "{slice_plan=a: {n: 9, accuracy: 0.9}, slice_plan=b: {n: 9, accuracy: 0.9}}";
        Trial trial = Trial.rules(
                        "{id: small, metric: accuracy, unit: fraction, slices: {all: [slice_plan], minSize: 10}, min: 0}",
                        "{id: gone, metric: f1, unit: number, direction: higher, min: 0}",
                        "{id: high, metric: accuracy, unit: fraction, min: '0.99'}")
                .reported(Side.CANDIDATE, "{n: 18, accuracy: 0.9}")
                .changed(Side.CANDIDATE, report -> report.slices(slices));

        assertThat(trial.decision().reason())
                .isEqualTo(
                        "high FAIL: accuracy is 0.9 (uncertainty unknown): 0.9 is below 0.99. gone ERROR METRIC_MISSING:"
                                + " f1: the evidence has no f1. small INCONCLUSIVE SLICE_TOO_SMALL: accuracy in slice_plan=a: 9"
                                + " examples (0 positive, 9 negative) are too few; the rule asks for 10 examples. The same in 1"
                                + " more.");
    }

    @Test
    void every_outcome_has_its_sentence() {
        Trial rejected = Trial.rules("{id: high, metric: accuracy, unit: fraction, min: '0.99'}")
                .reported(Side.CANDIDATE, "{accuracy: 0.9}");
        Trial nothing = Trial.rules("{id: high, profile: mobile, metric: accuracy, unit: fraction, min: '0.99'}")
                .reported(Side.CANDIDATE, "{accuracy: 0.9}");
        String version = "Version 1.102.0 (number 102) of ctr, bound for production, ";

        assertThat(Explanation.of(trial().decision())).first().isEqualTo(version + "passed (policy p version 1).");
        assertThat(Explanation.of(rejected.decision()))
                .first()
                .isEqualTo(version + "was rejected (policy p version 1).");
        assertThat(Explanation.of(nothing.decision()))
                .first()
                .isEqualTo(version + "was not decided on: no blocking rule applied (policy p version 1).");
        Decision stale = new Decision(trial().decision().document().with("verdict", "STALE"));
        assertThat(Explanation.of(stale))
                .first()
                .isEqualTo(version + "has a decision that does not hold any more (policy p version 1).");
        assertThat(stale.admits()).isFalse();
    }

    @Test
    void what_is_asked_for_is_said_in_words() {
        Map<String, String> words = Map.of(
                "min: '0.8'", "at least 0.8",
                "above: '0.8', below: '0.9'", "above 0.8 and below 0.9",
                "max: '0.99', bound: upper", "at most 0.99, also for its upper confidence bound",
                "change: {min: '0.005', maxSpread: '0.01'}",
                        "a gain of at least 0.005, and shown to be more than chance, or failed where the interval is at"
                                + " most 0.01 wide",
                "change: {min: '0.005', relative: true, mode: assured}",
                        "a gain of at least 0.005 as a share of what it is compared with, shown with confidence",
                "change: {tolerance: '0.005', mode: nonInferior}", "no loss of more than 0.005, shown with confidence",
                "change: {tolerance: '0.005', mode: equivalent}",
                        "no difference of more than 0.005, shown with confidence",
                "distance: {max: '0.005', mode: point}", "within 0.005 of the baseline, as measured",
                "alarm: {tolerance: 0}", "not shown to be worse by more than 0",
                "maxDrop: '0.02'", "at most 0.02 worse than the variant it is derived from");
        words.forEach((criterion, asked) -> assertThat(
                        Trial.rules("{id: r, metric: accuracy, unit: fraction, " + criterion + "}")
                                .reported("{accuracy: 0.9}", "{accuracy: 0.9}")
                                .check("r")
                                .object("numbers")
                                .text("asked"))
                .isEqualTo(asked));
    }

    @Test
    void what_moved_is_named_each_by_itself() {
        Decision decision = trial().decision();
        Staleness.Now same = new Staleness.Now(
                decision.subject().artifactDigest(),
                List.of(),
                Optional.of(101L),
                Optional.of(7L),
                java.util.Set.copyOf(decision.evidence().stream()
                        .map(report -> report.text("digest"))
                        .toList()),
                decision.policyDigest());

        assertThat(Staleness.of(decision, same)).isEmpty();
        assertThat(Staleness.of(
                        decision,
                        new Staleness.Now(
                                same.artifactDigest(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                same.reports(),
                                same.policy())))
                .containsExactly(new Staleness.Moved(
                        "BASELINE_MOVED",
                        "the decision was made against version 101 at revision 7; there is no baseline now"));
    }
}
