package io.hallmark.handlers.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.store.EvidenceRows;
import io.hallmark.core.store.RunRows;
import io.hallmark.core.version.Replicate;
import io.hallmark.core.version.VersionRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What becomes of uploads, story by story. */
class RegistrationTest {

    private static final byte[] BYTES = Uploads.bytes("the model");

    private final Registry registry = new Registry();

    @Test
    void theSampleModelsBecomeVersionsWithDerivedNumbers() {
        VersionRecord baseline = registry.uploadSample("doctor-visit/baseline-logistic", "doctor-visit/base");
        VersionRecord gbm = registry.uploadSample("doctor-visit/candidate-gbm", "doctor-visit/gbm");
        VersionRecord replicate = registry.uploadSample("doctor-visit/candidate-gbm-replicate", "doctor-visit/again");
        VersionRecord leaky = registry.uploadSample("doctor-visit/candidate-leaky-or-broken", "doctor-visit/leaky");
        VersionRecord set = registry.uploadSample("doctor-visit/mlp-set", "doctor-visit/mlp");

        assertThat(baseline.version()).hasToString("1.0.0");
        assertThat(baseline.artifactDigest().hex())
                .isEqualTo("012fe20ffaa1a6bcde0dd89ce9fb79afb014e56bc27703ae680d70a3dee5b3bc");
        assertThat(gbm.version()).hasToString("1.1.0");
        assertThat(gbm.bump().reason()).isEqualTo("the params changed, the code changed");
        assertThat(replicate.runId()).isEqualTo(gbm.runId());
        assertThat(replicate.bump().reason()).startsWith("only metadata or environment changed, but ");
        assertThat(leaky.bump().reason()).isEqualTo("the data changed");
        assertThat(set.number().value()).isEqualTo(5);
        assertThat(set.files()).hasSize(4);
        assertThat(set.lineageComplete()).isTrue();
        assertThat(RunRows.all(registry.table, gbm.runId().orElseThrow()))
                .extracting(Replicate::verdict)
                .containsExactly(Replicate.Verdict.FIRST, Replicate.Verdict.WITHIN_NOISE);
        assertThat(EvidenceRows.of(registry.table, set.model(), set.number()))
                .extracting(file -> file.path())
                .containsExactly(
                        "evaluation/dataset.json",
                        "evaluation/predictions.csv.gz",
                        "latency/histogram.json",
                        "latency/summary.json");
    }

    @Test
    void everyOrderAndThreeDeliveriesGiveTheSameVersion() {
        for (long seed = 0; seed < 40; seed++) {
            Registry fresh = new Registry();
            List<ObjectVersion> news = new ArrayList<>();
            List<ObjectVersion> objects = fresh.putSample("doctor-visit/mlp-set", "doctor-visit/mlp");
            for (int i = 0; i < 3; i++) {
                news.addAll(objects);
            }
            Collections.shuffle(news, new Random(seed));
            news.forEach(fresh::tell);
            assertThat(fresh.versions("doctor-visit")).as("seed %d", seed).isEqualTo(1);
            assertThat(objects).as("seed %d", seed).allSatisfy(object -> {
                assertThat(fresh.entry(object).state()).isEqualTo(LedgerState.REGISTERED);
                assertThat(fresh.entry(object).number().orElseThrow().value()).isEqualTo(1);
            });
        }
    }

    @Test
    void sixteenUploadsAtOnceGetSixteenNumbers() throws Exception {
        List<Callable<Void>> uploads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            ObjectVersion object = registry.put("fraud/model-" + i, Uploads.bytes("model " + i));
            uploads.add(() -> {
                registry.tell(object);
                return null;
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            for (Future<Void> done : pool.invokeAll(uploads)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(registry.versions("fraud")).isEqualTo(16);
        for (int number = 1; number <= 16; number++) {
            assertThat(registry.version("fraud", number).number().value()).isEqualTo(number);
        }
    }

    @Test
    void aFileAloneIsAVersionWithIncompleteLineage() {
        ObjectVersion object = Uploads.put(
                registry.blobs,
                "incoming/fraud/model.onnx",
                BYTES,
                Map.of("label", "by hand", "commit", "a".repeat(40), "unknown", "is ignored"));
        registry.tell(object);
        VersionRecord version = registry.version("fraud", 1);
        assertThat(version.label()).contains("by hand");
        assertThat(version.runId()).isEmpty();
        assertThat(version.missing()).containsExactly("lineage.data", "lineage.params", "lineage.environment.lock");
        assertThat(registry.entry(object).scan()).contains("not scanned");
    }

    @Test
    void wrongMetadataAreRefusedLikeAWrongManifest() {
        ObjectVersion object = Uploads.put(registry.blobs, "incoming/fraud/model.onnx", BYTES, Map.of("version", "v1"));
        registry.tell(object);
        assertThat(registry.entry(object).code()).contains("VERSION_FORMAT");
    }

    @Test
    void theSameBytesUnderAnotherKeyAreTheSameVersion() {
        registry.upload("fraud/a.onnx", BYTES);
        UploadRecord again = registry.upload("fraud/b.onnx", BYTES);
        assertThat(again.state()).isEqualTo(LedgerState.ALREADY_REGISTERED);
        assertThat(again.number().orElseThrow().value()).isEqualTo(1);
        assertThat(registry.versions("fraud")).isEqualTo(1);
    }

    @Test
    void theSameBytesOfAnotherExecutionAreAReproduction() {
        set("up-1", 1, 11, BYTES);
        UploadRecord again = set("up-2", 1, 12, BYTES);
        assertThat(again.state()).isEqualTo(LedgerState.ALREADY_REGISTERED);
        assertThat(registry.versions("fraud")).isEqualTo(1);
        VersionRecord version = registry.version("fraud", 1);
        assertThat(RunRows.all(registry.table, version.runId().orElseThrow()))
                .extracting(Replicate::verdict)
                .containsExactly(Replicate.Verdict.FIRST, Replicate.Verdict.BIT_IDENTICAL);
    }

    @Test
    void theSameBytesOfTheSameExecutionElsewhereAreNothingNew() {
        set("up-1", 1, 11, BYTES);
        UploadRecord again = set("up-2", 1, 11, BYTES);
        assertThat(again.state()).isEqualTo(LedgerState.ALREADY_REGISTERED);
        assertThat(RunRows.all(
                        registry.table, registry.version("fraud", 1).runId().orElseThrow()))
                .hasSize(1);
    }

    @Test
    void zeroBytesAreQuarantinedAndTooManyAreToo() {
        assertThat(registry.upload("fraud/empty.onnx", new byte[0]).code()).contains("EMPTY");
        Registry small = new Registry(5);
        UploadRecord large = small.upload("fraud/large.onnx", BYTES);
        assertThat(large.state()).isEqualTo(LedgerState.QUARANTINED);
        assertThat(large.code()).contains("TOO_LARGE");
        assertThat(large.reason().orElseThrow()).contains("9 bytes").contains("at most 5");
    }

    @Test
    void anObjectDeletedBeforeItWasReadHasVanished() {
        ObjectVersion object = registry.put("fraud/model.onnx", BYTES);
        registry.blobs.erase(object);
        registry.tell(object);
        assertThat(registry.entry(object).state()).isEqualTo(LedgerState.VANISHED);
    }

    @Test
    void anObjectOverwrittenBeforeItWasReadKeepsItsOwnBytes() {
        ObjectVersion first = registry.put("fraud/model.onnx", Uploads.bytes("first"));
        ObjectVersion second = registry.put("fraud/model.onnx", Uploads.bytes("second"));
        registry.tell(second);
        registry.tell(first);
        assertThat(registry.version("fraud", 1).size()).isEqualTo(6);
        assertThat(registry.version("fraud", 2).size()).isEqualTo(5);
    }

    @Test
    void aWrongFileIsQuarantinedAndItsCorrectionUnderTheSameKeyCompletesTheSet() {
        registry.upload("fraud/up/model", Uploads.bytes("trunc"));
        UploadRecord manifest = registry.upload("fraud/up/hallmark.json", manifest(1, 1, BYTES));
        assertThat(manifest.state()).isEqualTo(LedgerState.STAGED);
        ObjectVersion sameSize = registry.put("fraud/up/model", Uploads.bytes("the m0del"));
        registry.tell(sameSize);
        assertThat(registry.entry(sameSize).code()).contains("DIGEST_MISMATCH");
        UploadRecord good = registry.upload("fraud/up/model", BYTES);
        assertThat(good.state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(registry.versions("fraud")).isEqualTo(1);
        assertThat(registry.version("fraud", 1).size()).isEqualTo(BYTES.length);
    }

    @Test
    void aCorrectedManifestPicksUpFilesThatAWrongOneHadSetAside() {
        ObjectVersion model = registry.put("fraud/up/model", BYTES);
        registry.tell(model);
        registry.upload("fraud/up/hallmark.json", manifest(1, 1, Uploads.bytes("something else")));
        assertThat(registry.entry(model).code()).contains("SIZE_MISMATCH");
        UploadRecord corrected = registry.upload("fraud/up/hallmark.json", manifest(1, 1, BYTES));
        assertThat(corrected.state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(registry.entry(model).state()).isEqualTo(LedgerState.REGISTERED);
    }

    @Test
    void aFolderUsedAgainForANewModelGivesANewVersion() {
        set("latest", 1, 1, BYTES);
        UploadRecord second = set("latest", 2, 1, Uploads.bytes("the next model"));
        assertThat(second.state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(registry.version("fraud", 2).version()).hasToString("1.1.0");
    }

    @Test
    void theSameFolderSentTwiceIsOneVersion() {
        set("up", 1, 1, BYTES);
        ObjectVersion again = registry.put("fraud/up/model", BYTES);
        registry.tell(again);
        assertThat(registry.entry(again).state()).isEqualTo(LedgerState.ALREADY_REGISTERED);
        UploadRecord manifest = registry.upload("fraud/up/hallmark.json", manifest(1, 1, BYTES));
        assertThat(manifest.state()).isEqualTo(LedgerState.ALREADY_REGISTERED);
        assertThat(registry.versions("fraud")).isEqualTo(1);
    }

    @Test
    void unlistedFilesAreIgnoredAndEvidenceMayComeLate() {
        ObjectVersion stray = registry.put("fraud/up/notes.txt", Uploads.bytes("notes"));
        registry.tell(stray);
        set("up", 1, 1, BYTES);
        assertThat(registry.entry(stray).code()).contains("NOT_LISTED");
        UploadRecord late = registry.upload("fraud/up/latency/summary.json", Uploads.bytes("{}"));
        assertThat(late.state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(late.number().orElseThrow().value()).isEqualTo(1);
    }

    @Test
    void aManifestThatBreaksRulesIsQuarantinedWithTheFirstCode() {
        UploadRecord broken = registry.upload("fraud/up/hallmark.json", Uploads.bytes("{\"a\":1,\"a\":2}"));
        assertThat(broken.state()).isEqualTo(LedgerState.QUARANTINED);
        assertThat(broken.code()).contains("JSON_DUPLICATE_KEY");
        UploadRecord other = registry.upload("churn/up/hallmark.json", manifest(1, 1, BYTES));
        assertThat(other.code()).contains("MODEL_MISMATCH");
    }

    @Test
    void anAskedForVersionMayRiseFurtherAndNeverLess() {
        assertThat(asking("up-1", 1, "3.0.0").version().orElseThrow()).hasToString("3.0.0");
        assertThat(asking("up-2", 2, "3.0.1").code()).contains("VERSION_BUMP");
        assertThat(asking("up-3", 2, "2.9.0").code()).contains("VERSION_ORDER");
        assertThat(asking("up-4", 2, "3.0.0").code()).contains("VERSION_EXISTS");
        assertThat(asking("up-5", 2, "4.0.0").version().orElseThrow()).hasToString("4.0.0");
        assertThat(registry.versions("fraud")).isEqualTo(2);
    }

    @Test
    void aBackportMayComeBelowTheLatest() {
        asking("up-1", 1, "1.0.0");
        asking("up-2", 2, "2.0.0");
        Json.Obj backport = ((Json.Obj) parsed(3, 1, Uploads.bytes("back")))
                .with("version", "1.1.0")
                .with("backport", true);
        registry.upload("fraud/up-3/model", Uploads.bytes("back"));
        UploadRecord entry = registry.upload("fraud/up-3/hallmark.json", Uploads.bytes(backport));
        assertThat(entry.number().orElseThrow().value()).isEqualTo(3);
        assertThat(set("up-4", 4, 1, Uploads.bytes("next")).version().orElseThrow())
                .hasToString("2.1.0");
    }

    @Test
    void aParentHasToBeRegistered() {
        Json.Obj child = (Json.Obj) parsed(1, 1, BYTES);
        Json.Obj parent = Json.object().with("model", "teacher").with("version", 1);
        Json.Obj lineage = child.object("lineage").with("parents", Json.array(List.of(parent)));
        registry.upload("fraud/up/model", BYTES);
        byte[] manifest = Uploads.bytes(child.with("lineage", lineage));
        assertThat(registry.upload("fraud/up/hallmark.json", manifest).code()).contains("PARENT_UNKNOWN");
        registry.upload("teacher/model.onnx", BYTES);
        assertThat(registry.upload("fraud/up/hallmark.json", manifest).state()).isEqualTo(LedgerState.REGISTERED);
    }

    @Test
    void aSetOfHundredsOfFilesIsOneVersionWhenTheManifestComesFirst() {
        largeSet(true);
    }

    @Test
    void aSetOfHundredsOfFilesIsOneVersionWhenTheManifestComesLast() {
        largeSet(false);
    }

    private void largeSet(boolean manifestFirst) {
        List<Json.Obj> listed = new ArrayList<>();
        List<ObjectVersion> files = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            byte[] bytes = Uploads.bytes("shard " + i);
            String path = "a-rather-long-folder-name/shard-" + i + ".safetensors";
            listed.add(Uploads.listed(path, bytes));
            files.add(registry.put("fraud/big/" + path, bytes));
        }
        byte[] manifest = Uploads.bytes(Uploads.manifest("fraud", listed, 1, 1));
        ObjectVersion last = registry.put("fraud/big/hallmark.json", manifest);
        List<ObjectVersion> news = new ArrayList<>(files);
        news.add(manifestFirst ? 0 : news.size(), last);
        news.forEach(registry::tell);
        assertThat(registry.versions("fraud")).isEqualTo(1);
        VersionRecord version = registry.version("fraud", 1);
        assertThat(version.elsewhere().files()).isPresent();
        assertThat(registry.documents.files(version)).hasSize(400);
        assertThat(files)
                .allSatisfy(file -> assertThat(registry.entry(file).state()).isEqualTo(LedgerState.REGISTERED));
        assertThat(registry.entry(last).unsettled()).isFalse();
    }

    @Test
    void theSweepTakesInWhatNobodyAnnounced() {
        ObjectVersion object = registry.put("fraud/model.onnx", BYTES);
        assertThat(registry.sweep.run().repaired()).isZero();
        registry.clock.advance(Duration.ofMinutes(11));
        assertThat(registry.sweep.run().repaired()).isEqualTo(1);
        assertThat(registry.entry(object).state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(registry.sweep.run().repaired()).isZero();
    }

    @Test
    void aStartLooksAtYoungObjectsToo() {
        ObjectVersion object = registry.put("fraud/model.onnx", BYTES);
        registry.sweep.run(Duration.ZERO);
        assertThat(registry.entry(object).state()).isEqualTo(LedgerState.REGISTERED);
    }

    @Test
    void filesWithoutAManifestAreIgnoredAfterADayAndALateManifestStillPicksThemUp() {
        ObjectVersion model = registry.put("fraud/up/model", BYTES);
        registry.tell(model);
        registry.clock.advance(Duration.ofHours(25));
        assertThat(registry.sweep.run().expired()).isEqualTo(1);
        assertThat(registry.entry(model).code()).contains("MANIFEST_MISSING");
        UploadRecord late = registry.upload("fraud/up/hallmark.json", manifest(1, 1, BYTES));
        assertThat(late.state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(registry.entry(model).state()).isEqualTo(LedgerState.REGISTERED);
    }

    @Test
    void aManifestWhoseFilesNeverComeIsStalledAfterADay() {
        UploadRecord waiting = registry.upload("fraud/up/hallmark.json", manifest(1, 1, BYTES));
        assertThat(waiting.state()).isEqualTo(LedgerState.STAGED);
        registry.clock.advance(Duration.ofHours(25));
        registry.sweep.run();
        UploadRecord ended = registry.entry(waiting.object());
        assertThat(ended.code()).contains("STALLED");
        assertThat(ended.reason().orElseThrow()).contains("1 of 1 files").contains("model");
    }

    @Test
    void aRegisteredObjectThatIsGoneIsSaidOnce() {
        UploadRecord entry = registry.upload("fraud/model.onnx", BYTES);
        registry.blobs.erase(entry.object());
        assertThat(registry.sweep.run().missing()).isEqualTo(1);
        assertThat(registry.sweep.run().missing()).isZero();
        assertThat(registry.entry(entry.object()).code()).contains("ARTIFACT_MISSING");
    }

    private UploadRecord set(String folder, int data, int seed, byte[] bytes) {
        registry.upload("fraud/" + folder + "/model", bytes);
        return registry.upload("fraud/" + folder + "/hallmark.json", manifest(data, seed, bytes));
    }

    private UploadRecord asking(String folder, int data, String version) {
        byte[] bytes = Uploads.bytes("model of " + folder);
        registry.upload("fraud/" + folder + "/model", bytes);
        Json.Obj asked = ((Json.Obj) parsed(data, 1, bytes)).with("version", version);
        return registry.upload("fraud/" + folder + "/hallmark.json", Uploads.bytes(asked));
    }

    private static byte[] manifest(int data, int seed, byte[] bytes) {
        return Uploads.bytes(parsed(data, seed, bytes));
    }

    private static Json parsed(int data, int seed, byte[] bytes) {
        return Uploads.manifest("fraud", List.of(Uploads.listed("model", bytes)), data, seed);
    }
}
