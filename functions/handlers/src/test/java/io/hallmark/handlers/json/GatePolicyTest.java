package io.hallmark.handlers.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.core.gate.policy.Lint;
import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The strict reader of gate policies, the published schema and lint, over documents as people write them. */
class GatePolicyTest {

    private static final Path DOCS = Path.of("../../docs");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchema SCHEMA = schema();
    private static final String SMALL = """
            apiVersion: gates/v1
            kind: GatePolicy
            metadata: {name: p, version: 1}
            spec:
              appliesTo: {models: ["ctr*"], transition: {to: shadow}}
              baseline: {ref: "stage:production"}
              rules:
                - {id: gain, metric: roc_auc, unit: fraction, change: {min: "0.005"}}
            """;

    /** One thing changed in the small policy, and what is wrong with that. */
    record Case(String at, String value, String pointer, String reason, boolean schemaKnows) {
        boolean good() {
            return pointer.equals("OK");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReaderNamesThePlaceAndSaysWhatIsWrong(Case each) {
        Json changed = change(each.at(), each.value());
        if (each.good()) {
            assertThat(GatePolicyReader.read(changed).rules()).isNotEmpty();
            return;
        }
        RegistryFailure.Invalid refused =
                catchThrowableOfType(RegistryFailure.Invalid.class, () -> GatePolicyReader.read(changed));
        assertThat(refused).isNotNull();
        assertThat(refused.violations())
                .allMatch(found -> found.code().equals("POLICY_INVALID"))
                .anySatisfy(found -> {
                    assertThat(found.pointer()).isEqualTo(each.pointer());
                    assertThat(found.reason()).startsWith(each.reason());
                });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSchemaAgreesWithTheReader(Case each) {
        boolean accepted = schemaAccepts(change(each.at(), each.value()));
        assertThat(accepted).isEqualTo(each.good() || !each.schemaKnows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "demo"})
    void shippedPoliciesFitTheSchema(String name) throws IOException {
        try (InputStream in = GatePolicyTest.class.getResourceAsStream("/gates/" + name + ".yaml")) {
            assertThat(schemaAccepts(StrictYaml.read(in.readAllBytes()).value()))
                    .isTrue();
        }
    }

    @Test
    void theExampleInTheDocumentationIsAPolicyAndFitsTheSchema() throws IOException {
        Matcher blocks = Pattern.compile("```yaml\n(apiVersion.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCS.resolve("gates.md")));
        int found = 0;
        while (blocks.find()) {
            Json document = read(blocks.group(1)).value();
            assertThat(schemaAccepts(document)).isTrue();
            assertThat(GatePolicyReader.read(document).rules()).hasSizeGreaterThan(4);
            found++;
        }
        assertThat(found).isEqualTo(1);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithLineAndColumn() {
        String text = SMALL.replace("models: [\"ctr*\"]", "models: [\"CTR\"]")
                + "    - id: size\n      metric: artifact_bytes\n      max: 500 mb\n      colour: red\n";

        RegistryFailure.Invalid refused = catchThrowableOfType(
                RegistryFailure.Invalid.class, () -> read(text).read(GatePolicyReader::read));

        assertThat(refused.violations())
                .extracting(Violation::pointer, found -> found.place().orElseThrow())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("/spec/appliesTo/models", new Violation.Place(5, 15)),
                        org.assertj.core.groups.Tuple.tuple("/spec/rules/1/max", new Violation.Place(11, 7)),
                        org.assertj.core.groups.Tuple.tuple("/spec/rules/1/colour", new Violation.Place(12, 7)));
        assertThat(refused.violations().get(1).reason())
                .isEqualTo(
                        "line 11, column 7: number: expected a plain decimal such as 0.005, '2 %', '100 ms' or '500 MB',"
                                + " found '500 mb'");
    }

    @Test
    void layoutAndCommentsDoNotCount() {
        String json = new String(ExactJson.bytes(read(SMALL).value()), StandardCharsets.UTF_8);

        assertThat(read("# mine\n" + json).read(GatePolicyReader::read).digest())
                .isEqualTo(read(SMALL).read(GatePolicyReader::read).digest());
    }

    @ParameterizedTest
    @CsvSource({
        "500 MB, 500000000",
        "1 MiB, 1048576",
        "2 KiB, 2048",
        "2 kB, 2000",
        "1.5 GB, 1500000000",
        "1 GiB, 1073741824",
        "7B, 7"
    })
    void bytesAreCountedExactly(String text, String bytes) {
        Json changed = change("/spec/rules/0", "{id: a, metric: artifact_bytes, max: " + text + "}");
        GatePolicy policy = GatePolicyReader.read(changed);
        var bounds = (io.hallmark.core.gate.policy.Criterion.Bounds)
                policy.rules().get(0).criterion();
        assertThat(bounds.max().orElseThrow().value()).isEqualByComparingTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/spec/statistics|{confidence: 0.95}|/spec/rules/0/change|INFO|EXAMPLES_NEEDED|gain: a candidate that is better by 0.01 passes 80 % of the time with 5,8",
                "/spec/evidence|{examples: 2000}|/spec/rules/0/change|WARNING|UNDECIDABLE|gain: a candidate that is better by 0.01 passes 80 % of the time with 5,8",
                "/spec/rules/0|{id: a, metric: roc_auc, unit: fraction, change: {mode: point, min: 0.005}}|/spec/rules/0/change/mode|WARNING|POINT_GAIN|a: the mode point promotes a useless model 24 % of the time, about 1 time in 4, at 2,000 examples",
                "/spec/rules/0|{id: a, metric: brier, unit: fraction, change: {mode: point, min: 0.005}}|/spec/rules/0/change/mode|WARNING|POINT_GAIN|a: the mode point takes chance for a gain",
                "/spec/rules/0|{id: a, metric: latency_p99, max: 100 ms, bound: upper, minSamples: 298}|/spec/rules/0/minSamples|WARNING|TOO_FEW_SAMPLES|a: an upper bound of latency_p99 with confidence 95 % needs 299 samples; minSamples is 298",
                "/spec/rules/0|{id: a, metric: latency_p999, max: 100 ms, bound: upper}|/spec/rules/0|WARNING|TOO_FEW_SAMPLES|a: an upper bound of latency_p999 with confidence 95 % needs 2,995 samples; minSamples is not said",
                "/spec/rules/0|{id: a, metric: latency_p99, max: 100 ms}|/spec/rules/0|WARNING|LATENCY_POINT|a: decide latencies on bound: upper",
                "/spec/rules/0|{id: a, metric: calibration_slope, unit: number, distance: {reference: ideal, max: 0.02}}|/spec/rules/0/distance|WARNING|UNDECIDABLE|a: a slope is known to within 0.02 of 1 from 39,940 examples (half of them positive) to 83,388 (10 % positive) per slice",
                "/spec/rules/0|{id: a, metric: precision, unit: fraction, max: 0.02, threeZone: true, groups: {attribute: sex, minSize: 900}}|/spec/rules/0/groups|WARNING|GROUPS_TOO_SMALL|a: a difference is known to within 0.02 from this many per group: 4,802 where precision is 0.5, 3,074 where precision is 0.8, 1,729 where precision is 0.9, 913 where precision is 0.95; minSize is 900",
                "/spec/rules/0|{id: a, metric: precision, unit: fraction, max: 0.02, threeZone: true, groups: {attribute: sex}}|/spec/rules/0/groups|INFO|GROUPS_TOO_SMALL|a: a difference is known",
                "/spec/rules/0|{id: a, metric: precision, unit: fraction, max: 0.02, groups: {attribute: sex, minSize: 500}}|/spec/rules/0|WARNING|GAP_BY_CHANCE|a: without threeZone two equal groups of 500 fail 29 % of the time",
                "/spec/rules/0|{id: a, metric: fpr, unit: percent, change: {min: 5, relative: true}}|/spec/rules/0/change/relative|WARNING|RELATIVE_TO_ZERO|a: fpr can be 0 or negative",
                "/spec/rules/0|{id: a, metric: artifact_bytes, unit: bytes, change: {min: 0}}|/spec/rules/0/change/mode|ERROR|UNDECIDABLE|a: differences of artifact_bytes have no uncertainty here",
                "/spec/rules/0|{id: a, metric: roc_auc, unit: fraction, min: 0.6, profile: mobile}|/spec/rules/0/profile|ERROR|NEVER_APPLIES|a: the policy does not apply to the profile mobile",
                "/spec/rules/0|{id: a, metric: roc_auc, unit: fraction, min: 0.6, slices: {all: [plan], minSize: 3000}}|/spec/rules/0/slices/minSize|ERROR|NEVER_DECIDES|a: minSize is 3,000, and the evaluation set has 2,000 examples in all",
                "/spec/baseline|{ref: 'stage:production', onMissingBaseline: absoluteOnly}|/spec/baseline/onMissingBaseline|WARNING|NO_ABSOLUTE_RULE|no blocking rule does without a baseline",
                "/x-note|1|/spec|INFO|NO_CONFIDENCE|the policy names no confidence; 95 % one-sided is meant",
                "/spec|{rules: [{id: a, metric: precision, unit: fraction, max: 0.1, groups: {attribute: sex}}, {id: b, metric: tpr, unit: fraction, max: 0.1, groups: {attribute: sex}}]}|/spec/rules|WARNING|FAIRNESS_CONFLICT|the rules a, b define fairness differently",
                "/spec|{statistics: {alarms: {correction: none}}, rules: [{id: a, metric: roc_auc, unit: fraction, slices: {topK: {by: traffic, k: 5}}, alarm: {tolerance: 0}}]}|/spec/statistics/alarms|WARNING|ALARMS_UNCORRECTED|5 or more alarms without correction go off by chance 23 % of the time"
            })
    void lintShowsTheNumbers(String at, String value, String pointer, String severity, String code, String sentence) {
        Json.Obj spec = ((Json.Obj) read(SMALL).value()).object("spec");
        Json document = at.equals("/spec") ? merged(spec, (Json.Obj) read(value).value()) : change(at, value);
        if (code.startsWith("NEVER")) {
            document = set(document, List.of("spec", "evidence"), "{examples: 2000}");
            document = set(document, List.of("spec", "appliesTo", "profiles"), "[server]");
        }

        assertThat(Lint.findings(GatePolicyReader.read(document))).anySatisfy(found -> {
            assertThat(found.code()).isEqualTo(code);
            assertThat(found.pointer()).isEqualTo(pointer);
            assertThat(found.severity()).hasToString(severity);
            assertThat(found.sentence()).startsWith(sentence);
        });
    }

    @Test
    void lintIsSilentAboutWhatIsDecided() {
        Json document =
                set(change("/spec/statistics", "{confidence: 0.95}"), List.of("spec", "evidence"), "{examples: 20000}");

        assertThat(Lint.findings(GatePolicyReader.read(document))).isEmpty();
    }

    private static Json merged(Json.Obj spec, Json.Obj more) {
        Json.Obj all = spec;
        for (var field : more.fields().entrySet()) {
            all = all.with(field.getKey(), field.getValue());
        }
        return ((Json.Obj) read(SMALL).value()).with("spec", all);
    }

    private static boolean schemaAccepts(Json document) {
        try {
            return SCHEMA.validate(MAPPER.readTree(ExactJson.bytes(document))).isEmpty();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static PlacedJson read(String text) {
        return StrictYaml.read(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = GatePolicyTest.class.getResourceAsStream("gate-policy-cases.tsv")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .forEach(part -> cases.add(new Case(part[0], part[1], part[2], part[3], part[4].equals("both"))));
        }
        return cases;
    }

    private static Json change(String at, String value) {
        return set(read(SMALL).value(), List.of(at.substring(1).split("/", -1)), value);
    }

    private static Json set(Json json, List<String> path, String value) {
        String name = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (json instanceof Json.Arr array) {
            List<Json> items = new ArrayList<>(array.items());
            int index = Integer.parseInt(name);
            items.set(index, rest.isEmpty() ? read(value).value() : set(items.get(index), rest, value));
            return Json.array(items);
        }
        Json.Obj object = (Json.Obj) json;
        if (!rest.isEmpty()) {
            return object.with(name, set(object.find(name).orElse(Json.object()), rest, value));
        }
        return value.equals("DELETE")
                ? object.without(name)
                : object.with(name, read(value).value());
    }

    private static JsonSchema schema() {
        try {
            String text = Files.readString(DOCS.resolve("gate-policy.schema.json"));
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
