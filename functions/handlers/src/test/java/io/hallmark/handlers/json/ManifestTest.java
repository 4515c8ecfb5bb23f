package io.hallmark.handlers.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.lineage.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The strict reader of manifests and the published schema, over the same good and bad documents. */
class ManifestTest {

    private static final Path ROOT = Path.of("../..");
    private static final Path MODELS = ROOT.resolve("events-samples/models/doctor-visit");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchema SCHEMA = schema();

    /** One field of the sample manifest changed, and what is wrong with that. */
    record Case(String pointer, String value, Set<String> codes, boolean schemaKnows) {
        boolean good() {
            return codes.isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReaderNamesWhatIsWrongWithItsPlaceAndCode(Case each) {
        Json changed = change(sample("mlp-set"), each);
        if (each.good()) {
            assertThat(ManifestReader.read(changed).files()).isNotEmpty();
            return;
        }
        assertThatThrownBy(() -> ManifestReader.read(changed))
                .isInstanceOfSatisfying(RegistryFailure.Invalid.class, failure -> {
                    Set<String> found = new TreeSet<>();
                    failure.violations().stream().map(Violation::code).forEach(found::add);
                    assertThat(found).isEqualTo(each.codes());
                    assertThat(failure.violations()).anyMatch(violation -> related(violation, each));
                });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSchemaAgreesWithTheReader(Case each) throws IOException {
        JsonNode changed = MAPPER.readTree(ExactJson.bytes(change(sample("mlp-set"), each)));
        boolean accepted = SCHEMA.validate(changed).isEmpty();
        assertThat(accepted).isEqualTo(each.good() || !each.schemaKnows());
    }

    @Test
    void everySampleIsAccompaniedByACompleteManifestThatBothAccept() throws IOException {
        for (Path folder : folders()) {
            byte[] bytes = Files.readAllBytes(folder.resolve(Manifest.FILE_NAME));
            Manifest manifest = ManifestReader.read(StrictJson.read(bytes));
            assertThat(manifest.lineage().missing()).as("%s", folder).isEmpty();
            assertThat(manifest.lineage().runId()).isPresent();
            assertThat(SCHEMA.validate(MAPPER.readTree(bytes))).as("%s", folder).isEmpty();
        }
    }

    @Test
    void replicatesShareTheirRunAndNotTheirExecution() {
        var first = ManifestReader.read(sample("candidate-gbm")).lineage();
        var again = ManifestReader.read(sample("candidate-gbm-replicate")).lineage();
        assertThat(again.runId()).isEqualTo(first.runId());
        assertThat(again.executionId()).isNotEqualTo(first.executionId());
    }

    @Test
    void aLineageSaysWhatItLacks() {
        Json.Obj sample = sample("mlp-set");
        Json.Obj bare = sample.with("lineage", Json.object().with("data", Json.array(List.of())));
        assertThat(ManifestReader.read(bare).lineage().missing())
                .containsExactly("lineage.code.commit", "lineage.data", "lineage.params", "lineage.environment.lock");
        assertThat(ManifestReader.read(bare).lineage().runId()).isEmpty();
    }

    @Test
    void moreThanTenThousandFilesAreTooMany() {
        List<Json> files = new ArrayList<>();
        for (int i = 0; i <= 10_000; i++) {
            files.add(Json.object().with("path", "f" + i).with("size", 1).with("sha256", "0".repeat(64)));
        }
        Json many = sample("mlp-set").with("files", Json.array(files));
        assertThatThrownBy(() -> ManifestReader.read(many))
                .isInstanceOfSatisfying(
                        RegistryFailure.Invalid.class,
                        failure -> assertThat(failure.code()).isEqualTo("TOO_MANY_FILES"));
    }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = ManifestTest.class.getResourceAsStream("manifest-cases.tsv")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .forEach(part -> cases.add(new Case(
                            part[0],
                            part[1],
                            part[2].equals("OK") ? Set.of() : new TreeSet<>(List.of(part[2].split(","))),
                            part[3].equals("both"))));
        }
        return cases;
    }

    /** The violation is at the changed field, or beside it where two fields contradict each other. */
    private static boolean related(Violation violation, Case each) {
        String field = each.pointer().split("/", -1)[1];
        return violation.pointer().startsWith("/" + field);
    }

    private static Json change(Json.Obj manifest, Case each) {
        return change(manifest, List.of(each.pointer().substring(1).split("/", -1)), each.value());
    }

    private static Json change(Json json, List<String> path, String value) {
        String name = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (json instanceof Json.Arr array) {
            List<Json> items = new ArrayList<>(array.items());
            int index = Integer.parseInt(name);
            items.set(index, rest.isEmpty() ? parsed(value) : change(items.get(index), rest, value));
            return Json.array(items);
        }
        Json.Obj object = (Json.Obj) json;
        if (!rest.isEmpty()) {
            return object.with(name, change(object.find(name).orElse(Json.object()), rest, value));
        }
        return value.equals("DELETE") ? object.without(name) : object.with(name, parsed(value));
    }

    private static Json parsed(String value) {
        return StrictJson.read(value.getBytes(StandardCharsets.UTF_8));
    }

    private static Json.Obj sample(String name) {
        try {
            return (Json.Obj)
                    StrictJson.read(Files.readAllBytes(MODELS.resolve(name).resolve(Manifest.FILE_NAME)));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(MODELS)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static JsonSchema schema() {
        try {
            String text = Files.readString(ROOT.resolve("docs/hallmark.schema.json"));
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(text);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
