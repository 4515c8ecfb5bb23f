package io.hallmark.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Identities against literal values, computed by another program. */
class IdentityTest {

    private static final Json.Obj LOGISTIC = Json.object()
            .with("tol", Json.of(new BigDecimal("1e-8")))
            .with("solver", "lbfgs")
            .with("C", Json.of(new BigDecimal("1.0")));

    /** The inputs that the golden file holds as text, by the name of the case: params, seeds, hardware. */
    private static final Map<String, List<Json.Obj>> VALUES = Map.of(
            "one snapshot, clean tree",
            List.of(
                    LOGISTIC,
                    Json.object().with("split", 20261121).with("numpy", 41),
                    Json.object().with("cpu_model", "AMD EPYC").with("cores", 2)),
            "dirty tree",
            List.of(LOGISTIC, Json.object(), Json.object()),
            "several snapshots, sorted by code point",
            List.of(Json.object(), Json.object().with("numpy", CanonicalJson.INTEGER_MAX), Json.object()),
            "unicode in params, sorted by UTF-16 unit",
            List.of(
                    Json.object().with("name", "größe ☃").with("\ue000", 2).with("\ud800\udc00", 1),
                    Json.object(),
                    Json.object().with("accelerators", Json.texts(List.of("A100", "A100")))),
            "numbers as ECMAScript writes them",
            List.of(
                    Json.object()
                            .with("f", Json.of(new BigDecimal("-1.50")))
                            .with("e", Json.of(new BigDecimal("333333333.33333329")))
                            .with("d", Json.of(new BigDecimal("1E-7")))
                            .with("c", Json.of(new BigDecimal("1E-6")))
                            .with("b", Json.of(new BigDecimal("1E21")))
                            .with("a", Json.of(new BigDecimal("0.1"))),
                    Json.object(),
                    Json.object()));

    @Test
    void runsAndExecutionsHaveTheIdsOfTheGoldenFile() throws IOException {
        List<String> seen = new ArrayList<>();
        for (String line : golden()) {
            String[] part = line.split(" \\| ", -1);
            List<Json.Obj> values = VALUES.getOrDefault(part[0], List.of());
            assertThat(CanonicalJson.write(values.get(0))).as(part[0]).isEqualTo(part[4]);
            Sha256 run = RunId.of(
                    part[1],
                    part[2].equals("-") ? Optional.empty() : Optional.of(new Sha256(part[2])),
                    List.of(part[3].split("\t", -1)),
                    values.get(0),
                    part[5]);
            assertThat(run.hex()).as(part[0]).isEqualTo(part[9]);
            assertThat(ExecutionId.of(run, values.get(1), values.get(2), Long.parseLong(part[8]))
                            .hex())
                    .as(part[0])
                    .isEqualTo(part[10]);
            seen.add(part[0]);
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(VALUES.keySet());
    }

    @Test
    void neighbouringFieldsDoNotRunIntoEachOther() {
        Sha256 first = RunId.of("ab", Optional.empty(), List.of("c"), Json.object(), "d");
        Sha256 second = RunId.of("a", Optional.empty(), List.of("bc"), Json.object(), "d");
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void aLoneFileHasItsOwnDigest() {
        assertThat(ArtifactDigest.of(List.of(file("model.onnx", 3, "a")))).isEqualTo(new Sha256("a".repeat(64)));
    }

    @Test
    void aSetIsHashedInTheOrderOfPathBytes() {
        List<FileEntry> files = new ArrayList<>(List.of(
                file("b/model.bin", 3, "1"),
                file("a.txt", 10, "2"),
                file("\ud800\udc00", 1, "4"),
                file("\ue000", 1, "3")));
        String literal = "2700cc631d378581d85ed4627a2e925c4ab475183f712f9f463e47383a0ed2d2";
        assertThat(ArtifactDigest.of(files).hex()).isEqualTo(literal);
        Collections.reverse(files);
        assertThat(ArtifactDigest.of(files).hex()).isEqualTo(literal);
    }

    private static FileEntry file(String path, long size, String digit) {
        return new FileEntry(
                path, size, new Sha256(digit.repeat(64)), new ObjectVersion("b", path, "1"), FileEntry.Role.ARTIFACT);
    }

    private static List<String> golden() throws IOException {
        try (InputStream in = IdentityTest.class.getResourceAsStream("run-ids.golden")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
