package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.evidence.ComposedReport;
import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Exhibit;
import io.hallmark.core.gate.evidence.Join;
import io.hallmark.core.gate.evidence.PredictionLimits;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.evidence.Subject;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.version.VersionRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the default policy says of really trained models, in whole sentences. */
class ExplanationsTest {

    private static final Path MODELS = Path.of("../../events-samples/models/doctor-visit");
    private static final Path POLICY = Path.of("../handlers/src/main/resources/gates/default.yaml");
    static final Path GOLDEN = Path.of("src/test/resources/gate-explanations");
    private static final String BASELINE = "baseline-logistic";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "candidate-gbm",
                "candidate-gbm-replicate",
                "candidate-small",
                "candidate-leaky-or-broken",
                "mlp-set",
                BASELINE
            })
    void the_default_policy_explains_itself(String model) throws IOException {
        Decision decision = Judge.decide(against(model, "server", Optional.of(BASELINE)));

        assertThat(told(decision)).isEqualTo(Files.readString(GOLDEN.resolve(model + ".txt")));
    }

    @ParameterizedTest
    @ValueSource(strings = "candidate-gbm")
    void a_first_version_on_a_phone_is_explained_too(String model) throws IOException {
        Decision decision = Judge.decide(against(model, "mobile", Optional.empty()));

        assertThat(told(decision)).isEqualTo(Files.readString(GOLDEN.resolve("first-version-mobile.txt")));
    }

    @Test
    void a_version_that_nobody_measured_the_latency_of_is_rejected_with_a_word_on_it() throws IOException {
        assertThat(told(Judge.decide(voteChoice()))).isEqualTo(Files.readString(GOLDEN.resolve("vote-choice.txt")));
    }

    static GateCase voteChoice() throws IOException {
        Path folder = Path.of("src/test/resources/real-models/vote-choice");
        Join.Source mine = () -> Files.newInputStream(folder.resolve("candidate-gbm/predictions.csv.gz"));
        Join.Source theirs = () -> Files.newInputStream(folder.resolve(BASELINE + "/predictions.csv.gz"));
        Join.Result joined = Join.of(mine, Map.of(Side.BASELINE, theirs), PredictionLimits.DEFAULT);
        return Trial.of(GatePolicyReader.read(Texts.file(POLICY)))
                .examples(((Join.Joined) joined).examples())
                .gateCase();
    }

    static String told(Decision decision) {
        return decision.verdict() + "\n" + decision.reason() + "\n\n" + String.join("\n", Explanation.of(decision))
                + "\n";
    }

    static GateCase against(String model, String profile, Optional<String> baseline) throws IOException {
        VersionRecord mine = version(model, 2);
        long bytes = mine.manifest().array("files").stream()
                .mapToLong(file -> ((Json.Obj) file).integer("size"))
                .sum();
        Optional<VersionRecord> theirs =
                baseline.isPresent() ? Optional.of(version(baseline.get(), 1)) : Optional.empty();
        return new GateCase(
                GatePolicyReader.read(Texts.file(POLICY)),
                "eu-production",
                profile,
                new GateCase.Candidate(
                        exhibit(mine, model),
                        ComposedReport.threshold(mine.manifest()),
                        List.of(Trial.variant(Report.DEFAULT_VARIANT, bytes)),
                        List.of(),
                        List.of()),
                theirs.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new GateCase.Comparison(
                                exhibit(theirs.get(), baseline.orElseThrow()),
                                "stage:production",
                                Optional.of(4L),
                                ComposedReport.threshold(theirs.get().manifest()))),
                Optional.empty(),
                Map.of(Report.DEFAULT_VARIANT, new GateCase.Scores(Optional.of(examples(model, baseline)), Map.of())),
                GateCase.History.NONE,
                Optional.empty(),
                Optional.empty(),
                new Actor("ci"),
                Instant.parse("2026-11-23T12:00:00Z"));
    }

    private static Examples examples(String model, Optional<String> baseline) throws IOException {
        Map<Side, Join.Source> others =
                baseline.map(name -> Map.of(Side.BASELINE, predictions(name))).orElse(Map.of());
        Join.Result joined = Join.of(predictions(model), others, PredictionLimits.DEFAULT);
        return ((Join.Joined) joined).examples();
    }

    private static Join.Source predictions(String model) {
        return () -> Files.newInputStream(MODELS.resolve(model).resolve("evaluation/predictions.csv.gz"));
    }

    private static Exhibit exhibit(VersionRecord version, String model) throws IOException {
        Report report = ComposedReport.of(version, version.manifest(), evidence(model), file -> contents(model, file))
                .orElseThrow();
        return new Exhibit(
                new Subject(
                        version.model(),
                        version.number(),
                        version.version(),
                        version.artifactDigest(),
                        Optional.empty()),
                Map.of(Report.DEFAULT_VARIANT, report));
    }

    private static ComposedReport.Contents contents(String model, FileEntry file) {
        return new ComposedReport.Contents.Of(Texts.file(MODELS.resolve(model).resolve(file.path())));
    }

    private static List<FileEntry> evidence(String model) throws IOException {
        Path folder = MODELS.resolve(model);
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = files.filter(file ->
                            file.startsWith(folder.resolve("evaluation")) || file.startsWith(folder.resolve("latency")))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            List<FileEntry> entries = new java.util.ArrayList<>();
            for (Path file : found) {
                byte[] bytes = Files.readAllBytes(file);
                String path = folder.relativize(file).toString();
                entries.add(new FileEntry(
                        path,
                        bytes.length,
                        Hashing.sha256(bytes),
                        new ObjectVersion("hallmark", path, "1"),
                        FileEntry.Role.EVIDENCE));
            }
            return entries;
        }
    }

    private static VersionRecord version(String model, long number) {
        return new VersionRecord(
                new ModelName("doctor-visit"),
                new VersionNumber(number),
                new SemanticVersion(1, number - 1, 0),
                Optional.empty(),
                Hashing.sha256(model),
                5,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new VersionRecord.Bump(VersionRecord.Bump.Kind.MINOR, "more trees"),
                List.of(),
                Texts.file(MODELS.resolve(model).resolve("hallmark.json")),
                new ObjectVersion("hallmark", "incoming/doctor-visit/m", "v1"),
                Map.of(),
                Instant.parse("2026-11-20T12:00:00Z"),
                1);
    }
}
