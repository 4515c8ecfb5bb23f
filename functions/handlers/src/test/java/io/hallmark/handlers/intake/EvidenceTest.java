package io.hallmark.handlers.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Join;
import io.hallmark.core.gate.evidence.Reading;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.Rule.Slice;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.service.evidence.EvidenceQueries;
import io.hallmark.core.service.evidence.OnlineGaps;
import io.hallmark.core.service.evidence.Replicates;
import io.hallmark.core.service.evidence.TestSetUse;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.ReportRows;
import io.hallmark.core.version.VersionRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports and predictions of registered versions, from upload to exhibit. */
class EvidenceTest {

    private final Evidence evidence = new Evidence();

    private Report only(VersionRecord version) {
        return Optional.ofNullable(evidence.exhibits.of(version).reports().get("default"))
                .orElseThrow();
    }

    private static BigDecimal value(Report report, String metric) {
        return ((Reading.Value)
                        Optional.ofNullable(report.overall().get(metric)).orElseThrow())
                .value();
    }

    private Json.Obj listed(VersionRecord version, int at) {
        EvidenceQueries queries = new EvidenceQueries(evidence.registry.table, evidence.store);
        return (Json.Obj) queries.list(version.model(), version.number().toString())
                .array("evidence")
                .get(at);
    }

    @ParameterizedTest
    @ValueSource(strings = {"baseline-logistic", "candidate-gbm"})
    void a_trained_model_brings_a_report_whose_predictions_have_the_numbers_of_its_manifest(String sample) {
        VersionRecord version = evidence.sample(sample);
        Report report = only(version);
        assertThat(report.faults()).isEmpty();
        assertThat(report.receivedAt()).isEqualTo(version.createdAt());
        assertThat(report.evaluator()).isEmpty();
        assertThat(report.threshold()).contains(new BigDecimal("0.7"));
        assertThat(report.slices()).hasSize(8);
        assertThat(report.latency().orElseThrow().samples()).isEqualTo(5000);
        assertThat(report.latency().orElseThrow().openLoop()).contains(false);
        assertThat(report.latency().orElseThrow().hardware().text("cpu_model")).isEqualTo("AMD EPYC");
        Reading.Value slope = (Reading.Value)
                Optional.ofNullable(report.overall().get("calibration_slope")).orElseThrow();
        assertThat(slope.standardError()).isPresent();
        assertThat(slope.n()).contains(10190L);
        assertThat(report.overall()).doesNotContainKey("calibration_slope_se");

        Join.Joined joined = (Join.Joined) evidence.exhibits.examples(report, Map.of());
        Examples examples = joined.examples();
        assertThat(joined.ignored()).isEmpty();
        assertThat(examples.size()).isEqualTo(10190);
        assertThat(examples.columns().keySet()).containsExactly("group_physlm", "slice_health", "slice_plan");
        int[] all = java.util.stream.IntStream.range(0, examples.size()).toArray();
        assertCounts(examples, all, report.overall());
        report.slices().forEach((slice, readings) -> assertCounts(examples, examples.rows(slice), readings));
    }

    private static void assertCounts(Examples examples, int[] rows, Map<String, Reading> said) {
        double[] scores = examples.scores(Side.CANDIDATE).orElseThrow();
        assertCount(said, "n", rows.length);
        assertCount(
                said,
                "positives",
                Arrays.stream(rows).map(row -> examples.labels()[row]).sum());
        assertCount(
                said,
                "predicted_positives",
                Arrays.stream(rows).filter(row -> scores[row] >= 0.7).count());
    }

    private static void assertCount(Map<String, Reading> said, String name, long count) {
        assertThat(((Reading.Value) Optional.ofNullable(said.get(name)).orElseThrow()).value())
                .as(name)
                .isEqualByComparingTo(BigDecimal.valueOf(count));
    }

    @Test
    void two_trained_models_are_joined_by_the_ids_of_their_rows() {
        Report baseline = only(evidence.sample("baseline-logistic"));
        Report candidate = only(evidence.sample("candidate-gbm"));
        Join.Joined joined = (Join.Joined) evidence.exhibits.examples(candidate, Map.of(Side.BASELINE, baseline));
        assertThat(joined.examples().scores(Side.BASELINE).orElseThrow()[0]).isEqualTo(0.713139140);
        assertThat(joined.examples().scores(Side.CANDIDATE).orElseThrow()[0]).isEqualTo(0.763220714);
    }

    @Test
    void bytes_that_were_swapped_after_registration_are_noticed_even_if_they_read_well() throws IOException {
        VersionRecord version = evidence.sample("candidate-gbm");
        Report report = only(version);
        ObjectVersion object = report.predictions().orElseThrow().object();
        byte[] registered = evidence.blobs.open(object, 0).readAllBytes();
        String text;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(registered))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        byte[] other =
                text.replace("rh-00006,0,0.763220714", "rh-00006,0,0.163220714").getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(registered, registered.length - 1);
        byte[] sameSize = registered.clone();
        sameSize[4] ^= 1;
        for (byte[] bytes : List.of(other, cut, sameSize, new byte[] {1, 2, 3})) {
            evidence.blobs.swap(object, bytes);
            Join.Refused refused = (Join.Refused) evidence.exhibits.examples(report, Map.of());
            assertThat(refused.code()).isEqualTo("PREDICTIONS_CHANGED");
            assertThat(refused.reason())
                    .startsWith("the file evaluation/predictions.csv.gz has ")
                    .endsWith("registered were 45275 bytes with SHA-256 "
                            + "b7c7a5fe59ac1ed53c9b30dcd013bd5bfe2eb1e970f3849916db8f9be318ad73");
        }
    }

    @Test
    void predictions_whose_object_is_gone_are_missed() {
        Report report = only(evidence.sample("candidate-gbm"));
        evidence.registry.blobs.erase(report.predictions().orElseThrow().object());
        assertThat(((Join.Refused) evidence.exhibits.examples(report, Map.of())).code())
                .isEqualTo("PREDICTIONS_GONE");
    }

    @Test
    void a_report_by_the_api_counts_over_the_manifests_and_the_newest_one_over_all() {
        VersionRecord version = evidence.sample("candidate-gbm");
        evidence.registry.clock.advance(Duration.ofHours(1));
        Report first = submit(version, "0.69", "ci-evaluator");
        assertThat(value(only(version), "roc_auc")).isEqualTo("0.69");
        evidence.registry.clock.advance(Duration.ofHours(1));
        submit(version, "0.68", "other");
        assertThat(value(only(version), "roc_auc")).isEqualTo("0.68");
        assertThat(listed(version, 0).flag("counts")).isTrue();
        assertThat(listed(version, 1).flag("counts")).isFalse();
        assertThat(listed(version, 1).text("digest")).isEqualTo(first.digest().prefixed());
        assertThat(listed(version, 1).object("evaluator").text("identity")).isEqualTo("ci-evaluator");
        assertThat(listed(version, 2).text("source")).isEqualTo("manifest");

        evidence.registry.clock.advance(Duration.ofHours(1));
        Report again = submit(version, "0.69", "somebody");
        assertThat(again.receivedAt()).isEqualTo(first.receivedAt());
        assertThat(again.evaluator().orElseThrow().identity()).contains("ci-evaluator");
        assertThat(value(only(version), "roc_auc")).isEqualTo("0.68");

        var entries = new AuditLog(evidence.registry.table).entries("model:doctor-visit", 1, 100);
        assertThat(entries).hasSize(3);
        Json.Obj last = entries.get(2).body();
        assertThat(last.text("actor")).isEqualTo("other");
        assertThat(last.text("action")).isEqualTo("evidence.submitted");
        assertThat(last.object("change").text("counted"))
                .isEqualTo(first.digest().hex());
    }

    private Report submit(VersionRecord version, String auc, String actor) {
        return evidence.submit.submit(
                version.model(), version.number().toString(), Evidence.document(version, auc), new Actor(actor));
    }

    @Test
    void of_two_reports_received_at_once_the_one_with_the_lesser_digest_counts() {
        VersionRecord version = evidence.sample("candidate-gbm");
        evidence.registry.clock.advance(Duration.ofHours(1));
        Report one = submit(version, "0.61", "a");
        Report two = submit(version, "0.62", "b");
        assertThat(one.receivedAt()).isEqualTo(two.receivedAt());
        Report lesser = one.digest().hex().compareTo(two.digest().hex()) < 0 ? one : two;
        assertThat(only(version).digest()).isEqualTo(lesser.digest());
    }

    @Test
    void variants_have_reports_of_their_own_and_an_online_report_hides_none() {
        VersionRecord version = evidence.sample("candidate-gbm");
        evidence.registry.clock.advance(Duration.ofHours(1));
        Json.Obj small = Evidence.document(version, "0.6").with("variant", "int8");
        evidence.submit.submit(version.model(), "1", small, Evidence.EVALUATOR);
        Json.Obj online = Evidence.document(version, "0.6")
                .with("overall", Json.object())
                .with("online", Json.object().with("roc_auc", Json.of(new BigDecimal("0.66"))));
        evidence.submit.submit(version.model(), "1", online, Evidence.EVALUATOR);
        assertThat(evidence.exhibits.of(version).reports().keySet()).containsExactlyInAnyOrder("default", "int8");
        assertThat(value(only(version), "roc_auc")).isEqualByComparingTo("0.68595524274");
        assertThat(new OnlineGaps(evidence.registry.table, evidence.store).of(version.model()))
                .containsExactly(Map.entry("roc_auc", List.of(new BigDecimal("-0.02595524274"))));
    }

    @Test
    void a_report_about_other_bytes_is_refused_with_its_place() {
        VersionRecord version = evidence.sample("candidate-gbm");
        Json.Obj other = Evidence.document(version, "0.7").with("artifactDigest", "sha256:" + "2".repeat(64));
        assertThatThrownBy(() -> evidence.submit.submit(version.model(), "1", other, Evidence.EVALUATOR))
                .isInstanceOfSatisfying(RegistryFailure.Invalid.class, failure -> {
                    assertThat(failure.code()).isEqualTo("REPORT_BINDING");
                    assertThat(failure.violations().get(0).pointer()).isEqualTo("/artifactDigest");
                });
        assertThat(ReportRows.all(evidence.registry.table, version.model(), version.number()))
                .isEmpty();
        assertThatThrownBy(() -> evidence.submit.submit(version.model(), "7", other, Evidence.EVALUATOR))
                .isInstanceOf(RegistryFailure.NotFound.class);
    }

    @Test
    void predictions_of_a_report_are_a_file_that_the_version_has() {
        VersionRecord version = evidence.sample("candidate-gbm");
        Json.Obj named = Json.object()
                .with("path", "evaluation/predictions.csv.gz")
                .with("size", 45275)
                .with("sha256", "b7c7a5fe59ac1ed53c9b30dcd013bd5bfe2eb1e970f3849916db8f9be318ad73");
        Json.Obj document = Evidence.document(version, "0.7").with("predictions", named);
        Report report = evidence.submit.submit(version.model(), "1", document, Evidence.EVALUATOR);
        assertThat(evidence.exhibits.examples(report, Map.of())).isInstanceOf(Join.Joined.class);
        assertThat(only(version).predictions()).isEqualTo(report.predictions());
        Json.Obj other = document.with("predictions", named.with("sha256", "3".repeat(64)));
        assertThatThrownBy(() -> evidence.submit.submit(version.model(), "1", other, Evidence.EVALUATOR))
                .isInstanceOfSatisfying(
                        RegistryFailure.Invalid.class,
                        failure -> assertThat(failure.violations().get(0).pointer())
                                .isEqualTo("/predictions/sha256"));
        Json.Obj rows = document.with(
                "dataset",
                Json.object().with("digest", "sha256:" + "1".repeat(64)).with("rows", 10191));
        Report short1 = evidence.submit.submit(version.model(), "1", rows, Evidence.EVALUATOR);
        assertThat(evidence.exhibits.examples(short1, Map.of()))
                .isEqualTo(new Join.Refused(
                        "PREDICTIONS_MISMATCH",
                        Side.CANDIDATE,
                        "the file has 10190 rows, the dataset of the report 10191"));
        Report without = submit(version, "0.71", "a");
        assertThat(((Join.Refused) evidence.exhibits.examples(report, Map.of(Side.BASELINE, without))))
                .isEqualTo(
                        new Join.Refused("PREDICTIONS_MISSING", Side.BASELINE, "the report names no predictions file"));
    }

    @Test
    void a_large_report_is_kept_aside_and_reads_the_same() {
        VersionRecord version = evidence.sample("candidate-gbm");
        evidence.registry.clock.advance(Duration.ofHours(1));
        List<Json> slices = java.util.stream.IntStream.range(0, 900)
                .<Json>mapToObj(i -> Json.object()
                        .with("column", "slice_region")
                        .with("value", "region " + "x".repeat(60) + i)
                        .with("n", 10)
                        .with("roc_auc", Json.of(new BigDecimal("0.5"))))
                .toList();
        Json.Obj document = Evidence.document(version, "0.7").with("slices", Json.array(slices));
        Report report = evidence.submit.submit(version.model(), "1", document, Evidence.EVALUATOR);
        assertThat(ReportRows.all(evidence.registry.table, version.model(), version.number())
                        .get(0)
                        .elsewhere())
                .isPresent();
        Report read = only(version);
        assertThat(read).isEqualTo(report);
        assertThat(read.slices()).hasSize(900);
        assertThat(evidence.exhibits.report(version.model(), new VersionNumber(1), report.digest()))
                .contains(report);
    }

    @Test
    void a_decision_can_find_the_report_that_it_was_made_on_after_more_files_came() {
        VersionRecord version = evidence.sample("candidate-gbm");
        Report before = only(version);
        evidence.registry.clock.advance(Duration.ofHours(1));
        evidence.registry.upload(
                "doctor-visit/candidate-gbm/latency/histogram.json",
                Uploads.bytes("{\"gamma\":1.02,\"min\":0.001,\"unit\":\"ms\",\"counts\":{\"150\":5000}}"));
        Report after = only(version);
        assertThat(after.digest()).isNotEqualTo(before.digest());
        assertThat(after.latency().orElseThrow().counts()).containsExactly(Map.entry(150, 5000L));
        assertThat(evidence.exhibits.report(version.model(), version.number(), before.digest()))
                .contains(before);
        assertThat(evidence.exhibits.report(version.model(), version.number(), new Sha256("0".repeat(64))))
                .isEmpty();
    }

    @Test
    void files_that_contradict_the_manifest_or_cannot_be_read_are_faults() {
        VersionRecord version = evidence.sample("candidate-gbm");
        evidence.registry.clock.advance(Duration.ofHours(1));
        String folder = "doctor-visit/candidate-gbm/";
        evidence.registry.upload(folder + "latency/histogram.json", Uploads.bytes("{\"gamma\": 0.5, \"gamma\": 1}"));
        evidence.registry.upload(
                folder + "evaluation/dataset.json",
                Uploads.bytes("{\"digest\":\"sha256:" + "4".repeat(64) + "\",\"rows\":10190}"));
        assertThat(only(version).faults())
                .containsExactly(
                        "the manifest was evaluated on another dataset than evaluation/dataset.json says",
                        "latency/histogram.json: a field comes twice, the second at line 1, column 23");
        evidence.registry.upload(
                folder + "latency/histogram.json",
                Uploads.bytes("{\"gamma\":1.02,\"min\":-1,\"unit\":\"s\",\"counts\":{\"a\":1,\"2\":-1,\"3\":1.5}}"));
        assertThat(only(version).faults())
                .contains(
                        "latency/histogram.json/min: the latency of the first bucket is above 0 ms",
                        "latency/histogram.json/unit: latencies are in ms",
                        "latency/histogram.json/counts/a: a bucket is a whole number from 0 to 100000",
                        "latency/histogram.json/counts/2: a bucket cannot hold fewer than 0 calls",
                        "latency/histogram.json/counts/3: expected a whole number, found 1.5");
    }

    @Test
    void a_report_uploaded_as_a_file_is_a_report_and_a_broken_one_is_useless_rather_than_unseen() {
        VersionRecord version = evidence.sample("candidate-gbm");
        evidence.registry.clock.advance(Duration.ofHours(1));
        String folder = "doctor-visit/candidate-gbm/evaluation/";
        Json.Obj document = Evidence.document(version, "91.2").with("producedBy", "x");
        evidence.registry.upload(folder + "evidence-ci.json", Uploads.bytes(document));
        Report report = only(version);
        assertThat(report.faults())
                .containsExactly("evaluation/evidence-ci.json, /producedBy: the field producedBy is not known here");
        assertThat(report.overall().get("roc_auc"))
                .isEqualTo(new Reading.Broken(
                        "METRIC_RANGE",
                        "roc_auc is 91.2; it is a fraction, from 0 to 1 (if these are points of a hundred, the fraction "
                                + "is 0.912)"));
        assertThat(listed(version, 0).text("source")).isEqualTo("file");
        evidence.registry.clock.advance(Duration.ofHours(1));
        evidence.registry.upload(folder + "evidence-broken.json", Uploads.bytes("[1]"));
        assertThat(only(version).faults()).containsExactly("evaluation/evidence-broken.json: it is no object");
    }

    @Test
    void broken_metrics_of_a_manifest_are_readings_and_duplicate_or_empty_slices_are_faults() {
        byte[] bytes = Uploads.bytes("weights");
        Json.Obj slice =
                Json.object().with("column", "slice_a").with("value", "x").with("n", 5);
        Json.Obj metrics = Json.object()
                .with("overall", (Json.Obj) Evidence.json("{\"roc_auc\":91.2,\"brier\":-0.0,\"accuracy\":1,"
                        + "\"accuracy_se\":-0.1,\"house_score\":1e9,\"log_loss\":-1}"))
                .with("slices", Json.array(List.of(slice, slice)))
                .with("groups", Json.array(List.of(slice.with("value", "y").with("n", 0))));
        Json.Obj manifest = Uploads.manifest("fraud", List.of(Uploads.listed("model", bytes)), 1, 1)
                .with("operating_threshold", Json.of(new BigDecimal("0.5")))
                .with("metrics", metrics.with("threshold", Json.of(new BigDecimal("0.6"))));
        evidence.registry.upload("fraud/up/model", bytes);
        evidence.registry.upload("fraud/up/hallmark.json", Uploads.bytes(manifest));
        Report report = only(evidence.registry.version("fraud", 1));
        assertThat(report.faults())
                .containsExactlyInAnyOrder(
                        "/metrics/slices/1/value: the slice slice_a=x is there twice",
                        "/metrics/groups/0/n: the slice slice_a=y has no examples",
                        "/metrics/threshold: the threshold is 0.6, the version's operating threshold is 0.5");
        assertThat(value(report, "brier")).isEqualByComparingTo("0");
        assertThat(value(report, "house_score")).isEqualByComparingTo("1e9");
        for (String metric : List.of("roc_auc", "accuracy", "log_loss")) {
            assertThat(report.overall().get(metric)).as(metric).isInstanceOf(Reading.Broken.class);
        }
        assertThat(report.slices().keySet()).containsExactly(new Slice("slice_a", "x"), new Slice("slice_a", "y"));
        assertThat(report.predictions()).isEmpty();
    }

    @Test
    void a_version_without_metrics_and_files_has_no_report() {
        evidence.registry.upload("fraud/model", Uploads.bytes("weights"));
        assertThat(evidence.exhibits.of(evidence.registry.version("fraud", 1)).reports())
                .isEmpty();
    }

    @Test
    void replicates_of_a_run_give_the_values_of_each_metric() {
        evidence.sample("baseline-logistic");
        VersionRecord first = evidence.sample("candidate-gbm");
        VersionRecord second = evidence.sample("candidate-gbm-replicate");
        Replicates replicates = new Replicates(evidence.registry.table);
        assertThat(replicates.metrics(first)).isEqualTo(replicates.metrics(second));
        assertThat(replicates.metrics(first).get("roc_auc"))
                .containsExactly(new BigDecimal("0.68595524274"), new BigDecimal("0.686295344713"));
    }

    @Test
    void the_use_of_an_evaluation_set_is_counted_in_somebody_elses_transaction() {
        TestSetUse uses = new TestSetUse(evidence.registry.table);
        String digest = "sha256:" + Hashing.sha256("set").hex();
        assertThat(uses.count(digest)).isZero();
        assertThat(Commit.writes(evidence.registry.table, List.of(uses.raise(digest, 0))))
                .isTrue();
        assertThat(uses.count(digest)).isEqualTo(1);
        evidence.registry.clock.advance(Duration.ofHours(1));
        assertThat(Commit.writes(evidence.registry.table, List.of(uses.raise(digest, 0))))
                .isFalse();
        assertThat(Commit.writes(evidence.registry.table, List.of(uses.raise(digest, 1))))
                .isTrue();
        assertThat(uses.count(digest)).isEqualTo(2);
        assertThat(uses.count("sha256:" + "0".repeat(64))).isZero();
    }
}
