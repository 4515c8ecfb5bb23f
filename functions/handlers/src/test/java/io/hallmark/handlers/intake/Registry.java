package io.hallmark.handlers.intake;

import io.hallmark.core.identity.UploadId;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.scan.Scanner;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.service.intake.HashFindings;
import io.hallmark.core.service.intake.IntakeParts;
import io.hallmark.core.service.intake.IntakeSettings;
import io.hallmark.core.service.intake.RegisterArtifact;
import io.hallmark.core.service.intake.Sweep;
import io.hallmark.core.service.intake.SweepSettings;
import io.hallmark.core.store.MeteredTable;
import io.hallmark.core.store.ModelRows;
import io.hallmark.core.store.MovableClock;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.version.VersionRecord;
import io.hallmark.handlers.json.StoredJson;
import io.hallmark.handlers.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A registry in memory, as tests of its doors need it. */
public final class Registry {

    public final MovableClock clock = new MovableClock();
    public final MeteredTable table = new MeteredTable(new MemoryTable(clock, 0));
    public final MemoryBlobs blobs = new MemoryBlobs(clock, Set.of(Uploads.BUCKET, Uploads.REGISTRY));
    public final CountingBlobs counted = new CountingBlobs(blobs);
    public final Documents documents = new Documents(blobs, StrictJson::read, Registry::own, Uploads.REGISTRY);
    public final Backoff backoff = new Backoff(new Random(1), Registry::pause);
    final RegisterArtifact register;
    final ArtifactUploadedHandler handler;
    final Sweep sweep;
    final Hashing hashing;

    public Registry() {
        this(IntakeSettings.ARTIFACT_BYTES_MAX);
    }

    public Registry(long artifactBytesMax) {
        this(artifactBytesMax, IntakeSettings.INLINE_BYTES_MAX, Scanner.none());
    }

    public Registry(long artifactBytesMax, long inlineBytesMax, Scanner scanner) {
        IntakeParts parts = new IntakeParts(
                table, counted, scanner, StrictJson::read, Registry::own, clock, backoff, AfterCommit.nothing());
        this.register = new RegisterArtifact(
                parts,
                new IntakeSettings(
                        Set.of(Uploads.BUCKET),
                        Uploads.REGISTRY,
                        artifactBytesMax,
                        inlineBytesMax,
                        IntakeSettings.MANIFEST_WAIT));
        this.hashing = new Hashing(table, counted, clock, new HashFindings(parts, documents, register));
        this.handler = new ArtifactUploadedHandler(register);
        this.sweep = new Sweep(table, blobs, register, () -> {}, clock, SweepSettings.of(Uploads.BUCKET));
    }

    /** Puts an object below {@code incoming/} without news of it. */
    public ObjectVersion put(String key, byte[] bytes) {
        clock.advance(java.time.Duration.ofMillis(10));
        return Uploads.put(blobs, "incoming/" + key, bytes);
    }

    /** Puts an object and tells the registry. */
    public UploadRecord upload(String key, byte[] bytes) {
        ObjectVersion object = put(key, bytes);
        tell(object);
        return entry(object);
    }

    public void tell(ObjectVersion object) {
        var answer = handler.handleRequest(Uploads.batch(List.of(Uploads.notification(object))), null);
        if (!answer.getBatchItemFailures().isEmpty()) {
            throw new AssertionError("the news of " + object + " was not taken in");
        }
    }

    /** Puts the files of a sample model into a folder; the manifest last. */
    public List<ObjectVersion> putSample(String sample, String folder) {
        List<ObjectVersion> objects = new ArrayList<>();
        List<java.nio.file.Path> files = new ArrayList<>(Samples.model(sample));
        files.sort(java.util.Comparator.comparing(file -> file.endsWith("hallmark.json") ? 1 : 0));
        java.nio.file.Path root = Samples.FOLDER.resolve("models").resolve(sample);
        files.forEach(file -> objects.add(put(folder + "/" + root.relativize(file), Samples.bytes(file))));
        return objects;
    }

    public VersionRecord uploadSample(String sample, String folder) {
        List<ObjectVersion> objects = putSample(sample, folder);
        objects.forEach(this::tell);
        UploadRecord manifest = entry(objects.get(objects.size() - 1));
        return version(
                manifest.model().orElseThrow().value(),
                manifest.number().orElseThrow().value());
    }

    public UploadRecord entry(ObjectVersion object) {
        return UploadRows.find(table, UploadId.of(object)).orElseThrow();
    }

    public Optional<UploadRecord> findEntry(ObjectVersion object) {
        return UploadRows.find(table, UploadId.of(object));
    }

    public VersionRecord version(String model, long number) {
        return VersionRows.find(table, new ModelName(model), new VersionNumber(number))
                .orElseThrow();
    }

    public long versions(String model) {
        return ModelRows.find(table, new ModelName(model))
                .map(ModelRows.Model::versions)
                .orElse(0L);
    }

    private static io.hallmark.core.json.Json own(byte[] bytes) {
        return StoredJson.readObject(new String(bytes, StandardCharsets.UTF_8));
    }

    private static void pause(java.time.Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
