package io.hallmark.handlers.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.Decision;
import io.hallmark.core.gate.DecisionVerdict;
import io.hallmark.core.gate.Plan;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.UploadId;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.service.gate.GateTools;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.DecisionKeys;
import io.hallmark.core.store.EvidenceRows;
import io.hallmark.core.store.GateKeys;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.store.Write;
import io.hallmark.core.version.VersionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GateToolsTest {

    private static final long SEED = 41;

    private static final GatePolicy PAIRED = Gated.policy("paired", "", """
            - {id: gain, metric: roc_auc, unit: fraction, change: {min: "0.005", method: delong}}
            - {id: slope, metric: calibration_slope, unit: number, slices: {all: [slice_device]}, distance: {max: "0.3"}}
            - {id: parity, metric: precision, groups: {attribute: [group_age], aggregator: maxMin, minSize: 20}, unit: fraction, max: "0.2", threeZone: true}
            """);
    private static final GatePolicy BOOTSTRAP = Gated.policy(
            "bootstrap",
            "",
            "- {id: precise, metric: precision, unit: fraction, change: {mode: nonInferior, tolerance: \"0.05\", method: bootstrap}}");
    private static final GatePolicy SHOWN =
            Gated.policy("shown", "", "- {id: shown, metric: accuracy, unit: fraction, min: \"0.8\", bound: lower}");
    private static final GatePolicy ANCHORED = Gated.policy("anchored", ", anchor: \"version:1\"", """
            - {id: drift, metric: roc_auc, unit: fraction, change: {mode: nonInferior, tolerance: "0.02", against: anchor}}
            - {id: gain, metric: log_loss, unit: number, change: {mode: nonInferior, tolerance: "0.05"}}
            """);
    private static final GatePolicy VARIANTS = Gated.policy("variants", "", """
            - {id: size, profile: mobile, metric: artifact_bytes, below: "1 kB"}
            - {id: drop, profile: mobile, metric: roc_auc, unit: fraction, maxDrop: "0.02"}
            - {id: floor, metric: roc_auc, unit: fraction, min: "0.6"}
            """);

    private final Gated gated = new Gated(PAIRED, BOOTSTRAP, SHOWN, ANCHORED, VARIANTS);

    private VersionRecord predicted(long number, double separation) {
        return gated.version(number, "0.8", Optional.of(Gated.predictions(SEED + number, separation)));
    }

    private void furnish() {
        predicted(1, 1.8);
        gated.inProduction(predicted(2, 2.0));
    }

    private VersionRecord withVariants(long number, String auc) {
        VersionRecord version = gated.version(number, Gated.json("""
                        {"variants": [{"name": "float", "files": ["model"]},
                          {"name": "int8", "files": ["small"], "profile": "mobile", "derived_from": "float"}]}"""), Optional.empty());
        gated.report(version, "float", "\"n\": 400, \"roc_auc\": 0.8");
        gated.report(version, "int8", "\"n\": 400, \"roc_auc\": " + auc);
        return version;
    }

    /** Twenty decisions: four each on predictions, by resampling, with a review, against an anchor, and of variants. */
    private List<Decision> twenty() {
        furnish();
        Random random = new Random(SEED);
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            long number = 3 + 5L * i;
            decisions.add(gated.decided(predicted(number, 1.5 + random.nextDouble()), PAIRED, Optional.empty()));
            decisions.add(gated.decided(predicted(number + 1, 1.5 + random.nextDouble()), BOOTSTRAP, Optional.empty()));
            VersionRecord open = predicted(number + 2, 1.9 + random.nextDouble() / 5);
            decisions.add(gated.decided(
                    open,
                    SHOWN,
                    Optional.of(gated.decided(open, SHOWN, Optional.empty()).digest())));
            decisions.add(gated.decided(predicted(number + 3, 1.5 + random.nextDouble()), ANCHORED, Optional.empty()));
            decisions.add(
                    gated.decided(withVariants(number + 4, i % 2 == 0 ? "0.79" : "0.7"), VARIANTS, Optional.empty()));
        }
        return decisions;
    }

    private boolean same(Decision decision) {
        return gated.tools.verify(decision.digest()).flag("same");
    }

    @Test
    void everyDecisionIsMadeAgainToTheByteAlthoughEverythingMovedSince() {
        List<Decision> decisions = twenty();
        gated.inProduction(predicted(90, 3));
        decisions.forEach(decision -> gated.report(
                gated.version(100 + decisions.indexOf(decision), "0.5", Optional.empty()), "default", "\"n\": 1"));
        for (long number = 1; number <= 22; number++) {
            VersionRecord version = VersionRows.find(gated.table, Gated.MODEL, new VersionNumber(number))
                    .orElseThrow();
            gated.report(version, "default", "\"n\": 400, \"roc_auc\": 0.55");
        }

        assertThat(decisions).hasSize(20);
        assertThat(decisions).extracting(Decision::digest).doesNotHaveDuplicates();
        assertThat(decisions).as("seed " + SEED).allMatch(this::same);
        assertThat(decisions).filteredOn(Decision::reviewed).hasSize(4);
        assertThat(decisions)
                .extracting(Decision::verdict)
                .as("seed " + SEED)
                .contains(DecisionVerdict.PASSED, DecisionVerdict.REJECTED, DecisionVerdict.NEEDS_REVIEW);
        assertThat(decisions.stream()
                        .flatMap(decision -> decision.checks().stream())
                        .filter(check -> check.object("numbers").has("standardError")
                                || check.object("numbers").has("lower"))
                        .map(check -> check.text("rule")))
                .as("what was measured on predictions")
                .contains("gain", "slope", "parity", "precise", "shown", "drift");
        assertThat(decisions.stream().flatMap(decision -> decision.checks().stream()))
                .as("seed " + SEED)
                .noneMatch(check -> check.text("verdict").equals("ERROR")
                        || check.text("verdict").equals("INCOMPARABLE"));
        assertThat(gated.tools.verify(decisions.get(0).digest()).integer("checks"))
                .isEqualTo(decisions.get(0).checks().size());
    }

    @Test
    void aDecisionBeforeAndAfterTheBytesWereReadIsMadeAgainAsItWas() {
        gated.inProduction(predicted(90, 1.5));
        VersionRecord declared = gated.declared(1, "0.8", Optional.of(Gated.predictions(SEED, 3)));
        FileEntry file = declared.files().get(0);
        UploadRecord entry = UploadRecord.first(
                        UploadId.of(file.object()), file.object(), Optional.of(Gated.MODEL), gated.clock.instant())
                .known(file.size(), file.digests(), "none")
                .belongsTo(
                        LedgerState.REGISTERED,
                        declared.number(),
                        declared.version(),
                        "registered",
                        gated.clock.instant());
        gated.commit(List.of(UploadRows.put(entry)));
        Decision pending = gated.decided(declared, PAIRED, Optional.empty());
        Sha256 other = Hashing.sha256("other bytes");
        gated.commit(List.of(
                UploadRows.put(entry.with(entry.digests().flatRead(other)).rewritten())));
        Decision contradicted = gated.decided(declared, PAIRED, Optional.empty());

        assertThat(integrity(pending).text("verdict")).isEqualTo("ERROR");
        assertThat(integrity(pending).text("message")).contains("model is only declared; 0 of 7 bytes are hashed");
        assertThat(integrity(contradicted).text("verdict")).isEqualTo("FAIL");
        assertThat(integrity(contradicted).text("message"))
                .contains(file.sha256().hex(), other.hex());
        assertThat(same(pending)).as("although the bytes are read by now").isTrue();
        assertThat(same(contradicted)).isTrue();
    }

    private static Json.Obj integrity(Decision decision) {
        return decision.checks().stream()
                .filter(check -> check.text("rule").equals("integrity"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aReportThatWasTamperedWithIsRefusedAsGone() {
        furnish();
        VersionRecord version = withVariants(3, "0.79");
        Decision decision = gated.decided(version, VARIANTS, Optional.empty());
        String digest = decision.evidence().stream()
                .filter(row -> row.text("variant").equals("int8"))
                .map(row -> row.text("digest"))
                .findFirst()
                .orElseThrow();
        Key key = Keys.report(Gated.MODEL, version.number(), new Sha256(digest));
        Json.Obj row = gated.table.get(key).orElseThrow().attributes();
        Json.Obj better = row.object("document").with("overall", Gated.json("{\"n\": 400, \"roc_auc\": 0.99}"));
        gated.commit(List.of(Write.put(new Item(key, row.with("document", better)))));

        assertThatThrownBy(() -> same(decision))
                .isInstanceOf(RegistryFailure.NotFound.class)
                .hasMessageContaining(digest);
    }

    @Test
    void predictionsThatWereExchangedAreSeen() {
        furnish();
        VersionRecord version = predicted(3, 2.2);
        Decision decision = gated.decided(version, PAIRED, Optional.empty());
        assertThat(same(decision)).isTrue();
        FileEntry file =
                EvidenceRows.of(gated.table, Gated.MODEL, version.number()).get(0);
        gated.blobs.erase(file.object());

        assertThat(same(decision)).isFalse();
    }

    @Test
    void aPolicyRowThatWasTamperedWithIsRefused() {
        furnish();
        GatePolicy mine = Gated.policy("mine", "", "- {id: floor, metric: roc_auc, unit: fraction, min: \"0.6\"}");
        gated.policies.put("mine", mine, Gated.ADA);
        Decision decision = gated.decided(predicted(3, 2), mine, Optional.empty());
        assertThat(same(decision)).isTrue();
        Key key = GateKeys.policy(mine.digest());
        Json.Obj row = gated.table.get(key).orElseThrow().attributes();
        GatePolicy laxer = Gated.policy("mine", "", "- {id: floor, metric: roc_auc, unit: fraction, min: \"0.1\"}");
        gated.commit(List.of(Write.put(new Item(key, row.with("document", laxer.document())))));

        assertThatThrownBy(() -> same(decision))
                .isInstanceOf(RegistryFailure.Unavailable.class)
                .hasMessageContaining("has changed");
        assertThatThrownBy(() -> gated.gates.pinned(mine.digest())).isInstanceOf(RegistryFailure.Unavailable.class);
    }

    @Test
    void aDryRunWritesNothingAndCountsNothing() {
        furnish();
        VersionRecord version = predicted(3, 2.5);
        Map<Key, Item> before = gated.table.dump();
        List<Blobs.Head> blobs = blobs();

        Json.Obj tried = gated.tools.dryRun(gated.trial("3", Optional.of(PAIRED)));
        gated.tools.plan(gated.trial("3", Optional.of(PAIRED)), Plan.Assumed.TYPICAL);

        assertThat(gated.table.dump()).isEqualTo(before);
        assertThat(blobs()).isEqualTo(blobs);
        assertThat(tried.texts("explanation").get(0)).contains("Version 1.3.0 (number 3) of ctr");
        assertThat(tried.object("decision").object("testSetUse").integer("count"))
                .isEqualTo(1);
        assertThatThrownBy(() -> gated.tools.decision(new Sha256(tried.text("digest"))))
                .isInstanceOf(RegistryFailure.NotFound.class);
        assertThat(gated.decided(version, PAIRED, Optional.empty()).testSetUse().orElseThrow())
                .isEqualTo(tried.object("decision").object("testSetUse"));
    }

    private List<Blobs.Head> blobs() {
        List<Blobs.Head> all = new ArrayList<>();
        for (String bucket : List.of("hallmark", "hallmark-registry")) {
            all.addAll(
                    gated.blobs.listVersions(bucket, "", 1000, Optional.empty()).versions());
        }
        return all;
    }

    @Test
    void aPlanSaysWhatEachRuleNeedsAndHas() {
        furnish();
        predicted(3, 2.5);

        Json.Obj observed = gated.tools.plan(gated.trial("3", Optional.of(PAIRED)), Plan.Assumed.TYPICAL);
        Json.Obj assumed = GateTools.plan(PAIRED, Plan.Assumed.TYPICAL);

        Json.Obj gain = (Json.Obj) observed.array("needs").get(0);
        assertThat(gain.text("rule")).isEqualTo("gain");
        assertThat(gain.flag("observed")).isTrue();
        assertThat(gain.integer("available")).isEqualTo(Gated.EXAMPLES);
        assertThat(gain.integer("needed")).isPositive();
        assertThat(observed.object("policy").text("digest"))
                .isEqualTo(PAIRED.digest().hex());
        assertThat(assumed.array("needs")).hasSize(3).allMatch(need -> !((Json.Obj) need).flag("observed"));
    }

    @Test
    void anExplanationSaysFirstThatADecisionIsStale() {
        furnish();
        VersionRecord version = predicted(3, 2.5);
        Decision decision = gated.decided(version, PAIRED, Optional.empty());
        assertThat(gated.tools.explanation(decision.digest()).texts("sentences").get(0))
                .startsWith("Version 1.3.0 (number 3) of ctr");

        gated.inProduction(predicted(4, 2));
        gated.report(version, "default", "\"n\": 400, \"roc_auc\": 0.9");

        assertThat(gated.tools.explanation(decision.digest()).texts("sentences"))
                .startsWith(
                        "This decision is stale: the decision was made against version 2 at revision 1; there is version 4"
                                + " at revision 2 now.",
                        "This decision is stale: other evidence counts now than was decided on.");
        assertThat(gated.tools.decision(decision.digest()).array("stale"))
                .extracting(moved -> ((Json.Obj) moved).text("code"))
                .containsExactly("BASELINE_MOVED", "EVIDENCE_MOVED");
    }

    @Test
    void aLongDecisionIsKeptAsideAndComesBackWhole() {
        furnish();
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            rules.append("- {id: floor-").append(i).append(", metric: roc_auc, unit: fraction, min: \"0.6\"}\n");
        }
        GatePolicy many = Gated.policy("many", "", rules.toString());
        gated.policies.put("many", many, Gated.ADA);
        Decision decision = gated.decided(predicted(3, 2), many, Optional.empty());

        Json.Obj row = gated.table
                .get(DecisionKeys.decision(decision.digest()))
                .orElseThrow()
                .attributes();
        assertThat(row.has("document")).isFalse();
        assertThat(row.has("elsewhere")).isTrue();
        assertThat(gated.gates.get(decision.digest())).isEqualTo(decision);
        assertThat(same(decision)).isTrue();
    }

    @Test
    void aDecisionRowThatWasTamperedWithIsRefused() {
        furnish();
        Decision decision = gated.decided(predicted(3, 0.5), PAIRED, Optional.empty());
        assertThat(decision.verdict()).isEqualTo(DecisionVerdict.REJECTED);
        Key key = DecisionKeys.decision(decision.digest());
        Json.Obj row = gated.table.get(key).orElseThrow().attributes();
        Json.Obj better = decision.document().with("verdict", "PASSED");
        gated.commit(List.of(Write.put(new Item(key, row.with("document", better)))));

        assertThatThrownBy(() -> gated.gates.get(decision.digest()))
                .isInstanceOf(RegistryFailure.Unavailable.class)
                .hasMessageContaining("has changed");
    }

    @Test
    void theReportThatADecisionNamesIsFoundAfterABetterOneCame() {
        furnish();
        VersionRecord version = withVariants(3, "0.7");
        Decision decision = gated.decided(version, VARIANTS, Optional.empty());
        Report better = gated.report(version, "int8", "\"n\": 400, \"roc_auc\": 0.8");

        assertThat(decision.evidence())
                .extracting(row -> row.text("digest"))
                .doesNotContain(better.digest().hex());
        assertThat(decision.verdict()).isEqualTo(DecisionVerdict.REJECTED);
        assertThat(same(decision)).isTrue();
        assertThat(gated.decided(version, VARIANTS, Optional.empty()).verdict()).isEqualTo(DecisionVerdict.PASSED);
    }
}
