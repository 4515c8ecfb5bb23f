package io.hallmark.handlers.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.hallmark.core.gate.evidence.EvidenceReader;
import io.hallmark.core.gate.evidence.Latency;
import io.hallmark.core.gate.evidence.Reading;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.Rule.Slice;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The strict reader of reports and the published schema, over the same good and bad documents. */
class EvidenceDocumentTest {

    private static final Sha256 ARTIFACT = new Sha256("a".repeat(64));
    private static final FileEntry PREDICTIONS = new FileEntry(
            "evaluation/predictions.csv.gz",
            12,
            new Sha256("b".repeat(64)),
            new ObjectVersion("bucket", "key", "1"),
            FileEntry.Role.EVIDENCE);
    private static final EvidenceReader.Setting SETTING = new EvidenceReader.Setting(
            ARTIFACT,
            Optional.of(new BigDecimal("0.5")),
            Instant.parse("2026-11-23T10:00:00Z"),
            Optional.of("somebody"),
            List.of(PREDICTIONS));
    private static final String DOCUMENT = """
            {"schema": "hallmark/evidence/v1", "artifactDigest": "sha256:%s", "variant": "default",
             "dataset": {"digest": "sha256:%s", "rows": 100}, "metricDefinitions": "registry/1",
             "evaluator": {"name": "ci", "version": "2.1"}, "producedAt": "2026-11-23T09:00:00Z", "threshold": 0.50,
             "overall": {"n": 100, "roc_auc": 0.9, "roc_auc_se": 0.01, "house_score": -3},
             "slices": [{"column": "slice_plan", "value": "free", "n": 40, "roc_auc": 0.8}],
             "groups": [{"column": "group_sex", "value": "f", "n": 50, "precision": 1}],
             "latency": {"gamma": 1.02, "min": 0.001, "unit": "ms", "counts": {"0": 1, "300": 99},
                         "arrival": "open-loop", "hardware": {"cpu": "x"}, "warmupExcluded": 10},
             "traffic": [{"column": "slice_plan", "value": "free", "share": 0.7}],
             "online": {"roc_auc": 0.88},
             "predictions": {"path": "evaluation/predictions.csv.gz", "size": 12, "sha256": "%s"},
             "signature": {"keyId": "k"}, "x-note": "any"}""".formatted("a".repeat(64), "d".repeat(64), "b".repeat(64));
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchema SCHEMA = schema();

    @Test
    void a_whole_report_is_read() {
        List<Violation> violations = new ArrayList<>();
        Report report = EvidenceReader.read(json(DOCUMENT), SETTING, violations).orElseThrow();
        assertThat(violations).isEmpty();
        assertThat(SCHEMA.validate(node(json(DOCUMENT)))).isEmpty();
        assertThat(report.digest()).isEqualTo(EvidenceReader.digest((Json.Obj) json(DOCUMENT)));
        assertThat(report.dataset()).contains(new Report.Dataset("sha256:" + "d".repeat(64), 100));
        assertThat(report.evaluator()).contains(new Report.Evaluator("ci", "2.1", Optional.of("somebody")));
        assertThat(report.metricDefinitions()).contains("registry/1");
        assertThat(report.overall())
                .containsEntry(
                        "roc_auc",
                        new Reading.Value(
                                new BigDecimal("0.9"), Optional.of(new BigDecimal("0.01")), Optional.of(100L)))
                .containsOnlyKeys("n", "roc_auc", "house_score");
        assertThat(report.slices().keySet())
                .containsExactly(new Slice("group_sex", "f"), new Slice("slice_plan", "free"));
        assertThat(report.traffic()).containsExactly(Map.entry(new Slice("slice_plan", "free"), new BigDecimal("0.7")));
        assertThat(report.online()).containsOnlyKeys("roc_auc");
        assertThat(report.latency())
                .contains(new Latency(
                        1.02,
                        0.001,
                        Map.of(0, 1L, 300, 99L),
                        Optional.of(true),
                        Json.object().with("cpu", "x")));
        assertThat(report.predictions()).contains(PREDICTIONS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // field | its value | pointer | code | whether the schema knows too
                "schema | `\"hallmark/evidence/v2\"` | /schema | SCHEMA | true",
                "schema | DELETE | /schema | REQUIRED | true",
                "artifactDigest | `\"sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc\"` "
                        + "| /artifactDigest | REPORT_BINDING | false",
                "artifactDigest | `\"aaaa\"` | /artifactDigest | DIGEST_FORMAT | true",
                "variant | `\"Int8\"` | /variant | VARIANT | true",
                "dataset | DELETE | /dataset | REQUIRED | true",
                "dataset | `{\"digest\":\"sha256:d\",\"rows\":1}` | /dataset/digest | DIGEST_FORMAT | true",
                "dataset/rows | 0 | /dataset/rows | RANGE | true",
                "dataset/rows | 1.5 | /dataset/rows | TYPE | true",
                "evaluator/identity | `\"me\"` | /evaluator/identity | UNKNOWN_FIELD | true",
                "evaluator/version | 2 | /evaluator/version | TYPE | true",
                "producedAt | `\"yesterday\"` | /producedAt | TIME | true",
                "threshold | 0.6 | /threshold | REPORT_BINDING | false",
                "threshold | `\"0.5\"` | /threshold | TYPE | true",
                "overall | DELETE | /overall | REQUIRED | true",
                "overall/roc_auc | 91.2 | /overall/roc_auc | METRIC_RANGE | true",
                "overall/roc_auc | -0.1 | /overall/roc_auc | METRIC_RANGE | true",
                "overall/roc_auc | `\"0.9\"` | /overall/roc_auc | METRIC_TYPE | true",
                "overall/house_score | null | /overall/house_score | METRIC_TYPE | true",
                "overall/roc_auc_se | -1 | /overall/roc_auc_se | METRIC_RANGE | false",
                "overall/log_loss | -0.2 | /overall/log_loss | METRIC_RANGE | false",
                "overall/latency_p99 | -3 | /overall/latency_p99 | METRIC_RANGE | false",
                "overall/calibration_slope | 1e300 | /overall/calibration_slope | METRIC_RANGE | false",
                "overall/ndcg_at_10 | 1.2 | /overall/ndcg_at_10 | METRIC_RANGE | false",
                "overall/n | 0 | /overall/n | EMPTY_SLICE | true",
                "overall/n | 1.5 | /overall/n | TYPE | true",
                "slices/0/n | 0 | /slices/0/n | EMPTY_SLICE | true",
                "slices/0/value | DELETE | /slices/0/value | REQUIRED | true",
                "groups | `[{\"column\":\"slice_plan\",\"value\":\"free\"}]` | /groups/0/value | DUPLICATE | false",
                "latency/gamma | 1 | /latency/gamma | METRIC_RANGE | true",
                "latency/min | 0 | /latency/min | METRIC_RANGE | true",
                "latency/unit | `\"s\"` | /latency/unit | UNIT | true",
                "latency/counts | `{}` | /latency/counts | METRIC_RANGE | false",
                "latency/counts/300 | -1 | /latency/counts/300 | METRIC_RANGE | true",
                "latency/counts/300 | 1.5 | /latency/counts/300 | TYPE | true",
                "latency/counts/-1 | 1 | /latency/counts/-1 | BUCKET | true",
                "latency/openLoop | false | /latency/openLoop | ARRIVAL | false",
                "latency/arrival | `\"poisson\"` | /latency/arrival | ARRIVAL | true",
                "traffic/0/share | 1.1 | /traffic/0/share | METRIC_RANGE | true",
                "traffic | `[{\"column\":\"a\",\"value\":\"b\",\"share\":0.6},{\"column\":\"a\",\"value\":\"c\","
                        + "\"share\":0.6}]` | /traffic | METRIC_RANGE | false",
                "traffic | `[{\"column\":\"a\",\"value\":\"b\",\"share\":0.1},{\"column\":\"a\",\"value\":\"b\","
                        + "\"share\":0.1}]` | /traffic/1/value | DUPLICATE | false",
                "online/roc_auc | 88 | /online/roc_auc | METRIC_RANGE | true",
                "predictions/size | 13 | /predictions/sha256 | REPORT_BINDING | false",
                "predictions/sha256 | `\"ABC\"` | /predictions/sha256 | DIGEST_FORMAT | true",
                "signature | `\"abc\"` | /signature | TYPE | true",
                "actor | `\"me\"` | /actor | UNKNOWN_FIELD | true",
                "receivedAt | `\"2026-11-23T09:00:00Z\"` | /receivedAt | UNKNOWN_FIELD | true",
            })
    void what_is_wrong_is_named_with_its_place_and_code(
            String field, String value, String pointer, String code, boolean schemaKnows) {
        Json changed = change(json(DOCUMENT), List.of(field.split("/", -1)), value);
        List<Violation> violations = new ArrayList<>();
        EvidenceReader.read(changed, SETTING, violations);
        assertThat(violations).hasSize(1);
        assertThat(violations.get(0).pointer()).isEqualTo(pointer);
        assertThat(violations.get(0).code()).isEqualTo(code);
        assertThat(SCHEMA.validate(node(changed)).isEmpty()).isEqualTo(!schemaKnows);
    }

    @Test
    void what_is_no_object_is_no_report() {
        List<Violation> violations = new ArrayList<>();
        assertThat(EvidenceReader.read(json("[]"), SETTING, violations)).isEmpty();
        assertThat(violations).hasSize(1);
    }

    @Test
    void points_are_told_from_fractions_and_minus_zero_is_zero() {
        List<Violation> violations = new ArrayList<>();
        EvidenceReader.read(change(json(DOCUMENT), List.of("overall", "roc_auc"), "91.2"), SETTING, violations);
        assertThat(violations.get(0).reason())
                .isEqualTo("roc_auc is 91.2; it is a fraction, from 0 to 1 (if these are points of a hundred, the "
                        + "fraction is 0.912)");
        violations.clear();
        EvidenceReader.read(change(json(DOCUMENT), List.of("overall", "roc_auc"), "-0.0"), SETTING, violations);
        assertThat(violations).isEmpty();
    }

    @Test
    void a_report_on_another_variant_may_have_a_threshold_of_its_own() {
        List<Violation> violations = new ArrayList<>();
        Json other = change(change(json(DOCUMENT), List.of("variant"), "\"int8\""), List.of("threshold"), "0.6");
        Report report = EvidenceReader.read(other, SETTING, violations).orElseThrow();
        assertThat(violations).isEmpty();
        assertThat(report.threshold()).contains(new BigDecimal("0.6"));
    }

    private static Json change(Json json, List<String> path, String value) {
        String name = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (json instanceof Json.Arr array) {
            List<Json> items = new ArrayList<>(array.items());
            int index = Integer.parseInt(name);
            items.set(index, change(items.get(index), rest, value));
            return Json.array(items);
        }
        Json.Obj object = (Json.Obj) json;
        if (!rest.isEmpty()) {
            return object.with(name, change(object.find(name).orElseThrow(), rest, value));
        }
        return value.equals("DELETE") ? object.without(name) : object.with(name, json(value));
    }

    private static Json json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode node(Json json) {
        try {
            return MAPPER.readTree(io.hallmark.core.json.ExactJson.bytes(json));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static JsonSchema schema() {
        try {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Files.readString(Path.of("../../docs/evidence.schema.json")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
