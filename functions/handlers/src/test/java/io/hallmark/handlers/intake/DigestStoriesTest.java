package io.hallmark.handlers.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.Vouched;
import io.hallmark.core.model.Voucher;
import io.hallmark.core.scan.ScanReport;
import io.hallmark.core.scan.Scanner;
import io.hallmark.core.service.Integrity;
import io.hallmark.core.service.intake.HashWatch;
import io.hallmark.core.service.intake.IntakeSettings;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.BlobRows;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.version.VersionRecord;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who vouches for the digests of an upload, and how many bytes the registry reads to know them, story by story. */
class DigestStoriesTest {

    private static final int MEBI = 1 << 20;
    private static final int LEAF = 16 * MEBI;
    private static final byte[] LARGE = random(2 * LEAF + 3 * MEBI + 5);
    private static final byte[] SMALL = Uploads.bytes("the model");

    private final Registry registry = new Registry(IntakeSettings.ARTIFACT_BYTES_MAX, MEBI, Scanner.none());

    @Test
    void anObjectWhoseSha256S3HasVerifiedRegistersWithoutBeingRead() {
        UploadRecord entry = told(registry.blobs.putChecked(Uploads.BUCKET, "incoming/fraud/model", LARGE, Map.of()));
        assertThat(entry.state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(entry.digests().flat()).contains(vouched(LARGE, Voucher.VERIFIED_BY_S3));
        assertThat(registry.counted.bytesRead).hasValue(0);
        assertThat(registry.counted.calls).hasValueLessThanOrEqualTo(3);
        assertThat(registry.hashing.waiting()).isEmpty();
        assertThat(integrity(1).verified()).isTrue();
    }

    @Test
    void theTreeOfOneLeafNeedsNoReadingEither() {
        UploadRecord entry = told(registry.blobs.putChecked(Uploads.BUCKET, "incoming/fraud/model", SMALL, Map.of()));
        assertThat(entry.digests().tree()).contains(new Vouched(tree(SMALL), Voucher.VERIFIED_BY_S3));
    }

    @Test
    void aSinglePartIsTheWholeObject() {
        UploadRecord entry =
                told(registry.blobs.putParts(Uploads.BUCKET, "incoming/fraud/model", List.of(LARGE), Map.of()));
        assertThat(entry.digests().flat()).contains(vouched(LARGE, Voucher.VERIFIED_BY_S3));
        assertThat(entry.digests().tree())
                .as("three leaves are another tree than one part")
                .isEmpty();
        assertThat(registry.counted.bytesRead).hasValue(0);
    }

    @Test
    void canonicalPartsRegisterWithoutBeingReadAndAreVerifiedBehind() {
        UploadRecord entry = told(canonical("fraud/model", LARGE, LARGE));
        assertThat(entry.state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(entry.digests().flat()).contains(vouched(LARGE, Voucher.DECLARED));
        assertThat(entry.digests().tree()).contains(new Vouched(tree(LARGE), Voucher.VERIFIED_BY_S3));
        assertThat(registry.counted.bytesRead).hasValue(0);
        assertThat(integrity(1).pending()).singleElement().asString().contains("0 of " + LARGE.length + " bytes");
        assertThat(BlobRows.size(registry.table, Hashing.sha256(LARGE)))
                .as("nobody has seen that these bytes have this digest")
                .isEmpty();

        assertThat(registry.hashing.run()).isEqualTo(1);

        UploadRecord verified = registry.entry(entry.object());
        assertThat(verified.digests().flat()).contains(vouched(LARGE, Voucher.VERIFIED_BY_REGISTRY));
        assertThat(verified.digests().tree()).contains(new Vouched(tree(LARGE), Voucher.VERIFIED_BY_S3));
        assertThat(integrity(1).verified()).isTrue();
        assertThat(BlobRows.size(registry.table, Hashing.sha256(LARGE))).contains((long) LARGE.length);
        assertThat(registry.hashing.decisions)
                .as("the tree is known")
                .noneMatch(decision -> decision.startsWith("HashLeaves"));
    }

    @Test
    void aWrongDeclarationIsContradictedOnTheRecord() {
        UploadRecord entry = told(canonical("fraud/model", LARGE, SMALL));
        assertThat(entry.state()).isEqualTo(LedgerState.REGISTERED);

        registry.hashing.run();
        registry.hashing.execute(entry.id());

        UploadRecord wrong = registry.entry(entry.object());
        assertThat(wrong.state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(wrong.code()).contains("DIGEST_MISMATCH");
        assertThat(wrong.reason().orElseThrow())
                .contains(Hashing.sha256(SMALL).hex(), Hashing.sha256(LARGE).hex());
        assertThat(integrity(1).contradicted()).hasSize(1);
        assertThat(new AuditLog(registry.table).entries("model:fraud", 1, 10))
                .as("said once, however often it is found")
                .extracting(said -> said.body().text("action"))
                .containsExactly("version.registered", "artifact.contradicted");
        assertThat(events()).containsExactly("version.registered", "artifact.contradicted");
        assertThat(BlobRows.size(registry.table, Hashing.sha256(SMALL))).isEmpty();
    }

    @Test
    void theTrueBytesAreNotKeptOutByAVersionThatOnlyClaimedThem() {
        told(canonical("fraud/model", LARGE, SMALL));
        registry.hashing.run();
        UploadRecord honest = registry.upload("fraud/other", SMALL);
        assertThat(honest.state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(honest.number().orElseThrow().value()).isEqualTo(2);
    }

    @Test
    void fiftyGigabytesCostAsManyCallsAsPagesOfPartsAndNoByte() {
        long size = 50_000_000_000L;
        ObjectVersion object = headOnly("fraud/model", size, Hashing.sha256("declared"));
        UploadRecord entry = told(object);
        assertThat(entry.state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(entry.digests().tree().orElseThrow().by()).isEqualTo(Voucher.VERIFIED_BY_S3);
        assertThat(registry.counted.bytesRead).hasValue(0);
        int pages = (TreeDigest.leaves(size) + 999) / 1000;
        assertThat(registry.counted.calls).hasValueLessThanOrEqualTo(3 + pages);
    }

    @Test
    void otherPartsThanTheLeavesAreReadWhereTheyAreFew() {
        Registry patient = new Registry(IntakeSettings.ARTIFACT_BYTES_MAX, 1L << 30, Scanner.none());
        ObjectVersion object =
                patient.blobs.putParts(Uploads.BUCKET, "incoming/fraud/model", cut(LARGE, 8 * MEBI), Map.of());
        patient.tell(object);
        UploadRecord entry = patient.entry(object);
        assertThat(entry.digests().flat()).contains(vouched(LARGE, Voucher.VERIFIED_BY_REGISTRY));
        assertThat(entry.digests().tree()).contains(new Vouched(tree(LARGE), Voucher.VERIFIED_BY_REGISTRY));
        assertThat(patient.counted.bytesRead).hasValue(LARGE.length);
    }

    @Test
    void asManyPartsAsLeavesAreNotYetTheLeaves() {
        byte[] bytes = random(LEAF + MEBI);
        List<byte[]> parts = List.of(
                java.util.Arrays.copyOf(bytes, LEAF - 1), java.util.Arrays.copyOfRange(bytes, LEAF - 1, bytes.length));
        UploadRecord entry = told(registry.blobs.putParts(
                Uploads.BUCKET,
                "incoming/fraud/model",
                parts,
                Map.of("sha256", Hashing.sha256(bytes).hex())));
        assertThat(entry.digests().tree()).isEmpty();
        registry.hashing.run();
        assertThat(registry.entry(entry.object()).digests().tree())
                .contains(new Vouched(tree(bytes), Voucher.VERIFIED_BY_REGISTRY));
    }

    @Test
    void aLargeUploadOfWhichNothingIsKnownWaitsForItsDigest() {
        ObjectVersion object = foreign("fraud/model", LARGE);
        UploadRecord entry = told(object);
        assertThat(entry.state()).isEqualTo(LedgerState.STAGED);
        assertThat(entry.reason()).contains("the SHA-256 of its " + LARGE.length + " bytes is being computed");
        assertThat(registry.counted.bytesRead).hasValue(0);
        assertThat(told(object)).as("the news again").isEqualTo(entry);
        assertThat(registry.hashing.waiting()).containsExactly(entry.id());

        registry.hashing.run();

        UploadRecord registered = registry.entry(object);
        assertThat(registered.state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(registered.digests().flat()).contains(vouched(LARGE, Voucher.VERIFIED_BY_REGISTRY));
        assertThat(registered.digests().tree()).contains(new Vouched(tree(LARGE), Voucher.VERIFIED_BY_REGISTRY));
        assertThat(registry.hashing.decisions).startsWith("PlanHash LEAVES", "HashLeaves DONE", "HashLeaves DONE");
        assertThat(registry.hashing.decisions).endsWith("HashFlat DONE", "ConcludeHash CONCLUDED");
        assertThat(integrity(1).verified()).isTrue();
    }

    @Test
    void aLargeUploadThatIsDeletedWhileItIsHashedVanishes() {
        ObjectVersion object = foreign("fraud/model", LARGE);
        Sha256 id = told(object).id();
        registry.hashing.step("PlanHash", id, Optional.empty());
        registry.hashing.step("HashFlat", id, Optional.empty());
        registry.blobs.erase(object);
        assertThat(registry.hashing.step("HashFlat", id, Optional.empty()).decision())
                .isEqualTo("GONE");
        assertThat(registry.hashing.step("HashLeaves", id, Optional.of(0)).decision())
                .isEqualTo("GONE");
        registry.hashing.step("ConcludeHash", id, Optional.empty());
        assertThat(registry.entry(object).state()).isEqualTo(LedgerState.VANISHED);
    }

    @Test
    void whatIsDeclaredHasToBeWhatS3HasVerified() {
        UploadRecord entry = told(registry.blobs.putChecked(
                Uploads.BUCKET,
                "incoming/fraud/model",
                SMALL,
                Map.of("sha256", Hashing.sha256(LARGE).hex())));
        assertThat(entry.state()).isEqualTo(LedgerState.QUARANTINED);
        assertThat(entry.code()).contains("DIGEST_MISMATCH");
        assertThat(entry.reason().orElseThrow())
                .contains("S3 has verified " + Hashing.sha256(SMALL).hex());
    }

    @Test
    void whatIsDeclaredHasToBeWhatTheRegistryReads() {
        UploadRecord entry = told(Uploads.put(
                registry.blobs,
                "incoming/fraud/model",
                SMALL,
                Map.of("sha256", Hashing.sha256(LARGE).hex())));
        assertThat(entry.code()).contains("DIGEST_MISMATCH");
        assertThat(entry.reason().orElseThrow())
                .contains("the bytes have " + Hashing.sha256(SMALL).hex());
    }

    @Test
    void aDeclarationThatIsNoDigestIsRefusedByName() {
        UploadRecord entry =
                told(Uploads.put(registry.blobs, "incoming/fraud/model", SMALL, Map.of("sha256", "LS0tLS0tLQ==")));
        assertThat(entry.code()).contains("DIGEST_MALFORMED");
        assertThat(entry.reason().orElseThrow()).contains("x-amz-meta-sha256");
    }

    @Test
    void aManifestDeclaresTheDigestsOfFilesThatNobodyHasRead() {
        ObjectVersion file =
                registry.blobs.putParts(Uploads.BUCKET, "incoming/fraud/up-1/weights.bin", cut(LARGE, LEAF), Map.of());
        assertThat(told(file).state()).isEqualTo(LedgerState.STAGED);
        manifest("up-1", Uploads.listed("weights.bin", LARGE));
        assertThat(registry.counted.bytesRead).as("the manifest only").hasValueLessThan(MEBI);

        VersionRecord version = registry.version("fraud", 1);
        assertThat(version.files().get(0).by()).isEqualTo(Voucher.DECLARED);
        assertThat(version.files().get(0).tree()).contains(new Vouched(tree(LARGE), Voucher.VERIFIED_BY_S3));
        assertThat(registry.entry(file).digests().flat()).contains(vouched(LARGE, Voucher.DECLARED));
        assertThat(integrity(1).verified()).isFalse();

        registry.hashing.run();
        assertThat(registry.entry(file).state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(integrity(1).verified()).isTrue();
    }

    @Test
    void aManifestThatComesAfterTheHashingListsWhatIsThereOrNothing() {
        ObjectVersion file =
                registry.blobs.putParts(Uploads.BUCKET, "incoming/fraud/up-1/weights.bin", cut(LARGE, LEAF), Map.of());
        told(file);
        registry.hashing.run();
        assertThat(registry.entry(file).digests().flat()).contains(vouched(LARGE, Voucher.VERIFIED_BY_REGISTRY));
        byte[] other = random(LARGE.length - 1);
        byte[] sameSize = java.util.Arrays.copyOf(other, LARGE.length);
        manifest("up-1", Uploads.listed("weights.bin", sameSize));
        assertThat(registry.entry(file).code()).contains("DIGEST_MISMATCH");
        assertThat(registry.versions("fraud")).isZero();
        manifest("up-1", Uploads.listed("weights.bin", LARGE));
        assertThat(registry.version("fraud", 1).files().get(0).by()).isEqualTo(Voucher.VERIFIED_BY_REGISTRY);
    }

    @Test
    void evidenceIsNeverTakenOnTrust() {
        byte[] evidence = random(LEAF + 7);
        ObjectVersion file = registry.blobs.putParts(
                Uploads.BUCKET,
                "incoming/fraud/up-1/evaluation/predictions.csv",
                cut(evidence, LEAF),
                Map.of("sha256", Hashing.sha256(evidence).hex()));
        told(file);
        registry.upload("fraud/up-1/model.txt", SMALL);
        manifest("up-1", Uploads.listed("model.txt", SMALL));
        assertThat(registry.entry(file).state()).isEqualTo(LedgerState.STAGED);
        registry.hashing.run();
        assertThat(registry.entry(file).state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(registry.entry(file).digests().flat()).contains(vouched(evidence, Voucher.VERIFIED_BY_REGISTRY));
    }

    @Test
    void aScannerThatNeedsTheBytesGetsThem() {
        AtomicLong told = new AtomicLong();
        Scanner scanner = (object, size) -> new Scanner.Pass() {
            @Override
            public void update(byte[] buffer, int offset, int length) {
                told.addAndGet(length);
            }

            @Override
            public ScanReport finish() {
                return new ScanReport(ScanReport.Status.CLEAN, "", "");
            }
        };
        Registry scanned = new Registry(IntakeSettings.ARTIFACT_BYTES_MAX, MEBI, scanner);
        ObjectVersion object = scanned.blobs.putChecked(Uploads.BUCKET, "incoming/fraud/model", LARGE, Map.of());
        scanned.tell(object);
        assertThat(told).hasValue(LARGE.length);
        assertThat(scanned.entry(object).scan()).contains("clean");
        assertThat(scanned.entry(object).digests().flat()).contains(vouched(LARGE, Voucher.VERIFIED_BY_S3));
    }

    @Test
    void hashingThatDiedIsStartedAgainWhereItStoppedAndNotForEver() {
        ObjectVersion object = foreign("fraud/model", LARGE);
        Sha256 id = told(object).id();
        registry.hashing.step("PlanHash", id, Optional.empty());
        registry.hashing.step("HashFlat", id, Optional.empty());
        long read = HashRows.find(registry.table, id).orElseThrow().bytesDone();
        assertThat(read).isPositive();
        registry.hashing.forget();
        registry.sweep.run();
        assertThat(registry.hashing.waiting()).as("it may only be slow").isEmpty();

        registry.clock.advance(HashWatch.SILENCE_MAX.plusMinutes(1));
        registry.sweep.run();
        assertThat(registry.hashing.waiting()).containsExactly(id);
        assertThat(HashRows.find(registry.table, id).orElseThrow().bytesDone()).isEqualTo(read);
        for (int i = 0; i < 2 * HashWatch.ATTEMPTS_MAX; i++) {
            registry.hashing.forget();
            registry.clock.advance(HashWatch.SILENCE_MAX.plusMinutes(1));
            registry.sweep.run();
        }
        HashRows.Progress stuck = HashRows.find(registry.table, id).orElseThrow();
        assertThat(stuck.state()).isEqualTo(HashRows.State.STUCK);
        assertThat(stuck.attempt()).isEqualTo(HashWatch.ATTEMPTS_MAX);
        assertThat(registry.hashing.waiting()).isEmpty();
        assertThat(registry.entry(object).state()).isEqualTo(LedgerState.STAGED);
    }

    @Test
    void anExecutionThatEndedWithoutAResultIsFollowedAtOnce() {
        HashWatch watch = new HashWatch(registry.table, registry.clock);
        Sha256 id = told(foreign("fraud/model", LARGE)).id();
        registry.hashing.forget();
        assertThat(watch.ended("p-something")).isFalse();
        assertThat(watch.ended(HashRows.execution(id, 1))).isTrue();
        assertThat(watch.ended(HashRows.execution(id, 1)))
                .as("its end is told twice")
                .isFalse();
        assertThat(registry.hashing.waiting()).containsExactly(id);
        registry.hashing.run();
        assertThat(watch.ended(HashRows.execution(id, 2)))
                .as("it has done its work")
                .isFalse();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Sha256 tree(byte[] bytes) {
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        cut(bytes, LEAF).forEach(leaf -> digests.writeBytes(Hashing.bytes(Hashing.sha256(leaf))));
        return Hashing.sha256(digests.toByteArray());
    }

    private static List<byte[]> cut(byte[] bytes, int part) {
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += part) {
            parts.add(java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + part)));
        }
        return parts;
    }

    private static Vouched vouched(byte[] bytes, Voucher by) {
        return new Vouched(Hashing.sha256(bytes), by);
    }

    private ObjectVersion canonical(String key, byte[] bytes, byte[] declared) {
        return registry.blobs.putParts(
                Uploads.BUCKET,
                "incoming/" + key,
                cut(bytes, LEAF),
                Map.of("sha256", Hashing.sha256(declared).hex()));
    }

    /** In parts of nobody's choice, with nothing said. */
    private ObjectVersion foreign(String key, byte[] bytes) {
        return registry.blobs.putParts(Uploads.BUCKET, "incoming/" + key, cut(bytes, 8 * MEBI), Map.of());
    }

    private ObjectVersion headOnly(String key, long size, Sha256 declared) {
        ObjectVersion object = new ObjectVersion(Uploads.BUCKET, "incoming/" + key, "v1");
        long leaf = TreeDigest.leafBytes(size);
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        List<Blobs.Part> parts = IntStream.range(0, TreeDigest.leaves(size))
                .mapToObj(i -> new Blobs.Part(
                        i + 1, Math.min(leaf, size - i * leaf), Optional.of(Hashing.sha256("leaf " + i))))
                .toList();
        parts.forEach(part -> digests.writeBytes(Hashing.bytes(part.sha256().orElseThrow())));
        Blobs.Head head = new Blobs.Head(
                object,
                size,
                "etag",
                Optional.empty(),
                Optional.of(new Blobs.Composite(Hashing.sha256(digests.toByteArray()), parts.size())),
                Instant.parse("2026-11-21T10:00:00Z"),
                Map.of("sha256", declared.hex()));
        registry.counted.add(new CountingBlobs.HeadOnly(head, parts));
        return object;
    }

    private UploadRecord told(ObjectVersion object) {
        registry.clock.advance(Duration.ofMillis(10));
        registry.tell(object);
        return registry.entry(object);
    }

    private void manifest(String upload, io.hallmark.core.json.Json.Obj file) {
        registry.upload(
                "fraud/" + upload + "/hallmark.json", Uploads.bytes(Uploads.manifest("fraud", List.of(file), 1, 1)));
    }

    private Integrity integrity(long number) {
        return Integrity.of(registry.table, registry.documents.files(registry.version("fraud", number)));
    }

    private List<String> events() {
        return Outbox.waiting(registry.table, Outbox.shard(new ModelName("fraud")), 100, Optional.empty())
                .items()
                .stream()
                .map(item -> Outbox.decode(item).message())
                .filter(Outbox.Message.Publish.class::isInstance)
                .map(message -> ((Outbox.Message.Publish) message).type())
                .toList();
    }
}
