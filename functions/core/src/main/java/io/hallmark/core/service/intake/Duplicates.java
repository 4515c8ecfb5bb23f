package io.hallmark.core.service.intake;

import io.hallmark.core.json.Json;
import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.service.Integrity;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.BlobRows;
import io.hallmark.core.store.ModelRows;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.RunRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.store.Write;
import io.hallmark.core.version.Metrics;
import io.hallmark.core.version.Replicate;
import io.hallmark.core.version.VersionRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Content that the model has already. The same bytes of the same execution are that version again; the same bytes of the
 * same run in another execution are a reproduction, recorded on the version; neither gets a number.
 */
final class Duplicates {

    /** Versions with the same bytes that are looked at; more differ in their lineage only. */
    private static final int LOOKED_AT_MAX = 1000;

    private final Table table;
    private final Documents documents;

    Duplicates(Table table, Documents documents) {
        this.table = table;
        this.documents = documents;
    }

    Optional<VersionWriter.Decision> find(Candidate candidate, Instant now) {
        Sha256 digest = candidate.artifactDigest();
        List<VersionRecord> same = new ArrayList<>();
        for (VersionNumber number : BlobRows.ofModel(table, digest, candidate.model(), LOOKED_AT_MAX)) {
            VersionRows.find(table, candidate.model(), number)
                    .filter(version -> version.artifactDigest().equals(digest))
                    .filter(this::mayHaveTheBytes)
                    .ifPresent(same::add);
        }
        Optional<VersionRecord> again =
                same.stream().filter(version -> sameUpload(candidate, version)).findFirst();
        if (again.isPresent()) {
            return Optional.of(already(
                    candidate,
                    again.get(),
                    "the same content is version " + again.get().number(),
                    now));
        }
        Optional<VersionRecord> asked = candidate
                .manifest()
                .version()
                .flatMap(version -> ModelRows.number(table, candidate.model(), version))
                .flatMap(number -> same.stream()
                        .filter(version -> version.number().equals(number))
                        .findFirst());
        if (asked.isPresent()) {
            String reason = "version " + asked.get().version() + " has this content";
            return Optional.of(already(candidate, asked.get(), reason, now));
        }
        return same.stream()
                .filter(version -> version.runId().isPresent()
                        && version.runId().equals(candidate.manifest().lineage().runId()))
                .findFirst()
                .map(version -> reproduction(candidate, version, now));
    }

    /** A version that was registered with a wrong digest does not stand in the way of the bytes that have it. */
    private boolean mayHaveTheBytes(VersionRecord version) {
        return Integrity.of(table, documents.files(version)).contradicted().isEmpty();
    }

    private boolean sameUpload(Candidate candidate, VersionRecord version) {
        Manifest manifest = candidate.manifest();
        Optional<Sha256> execution = manifest.lineage().executionId();
        if (execution.isPresent()) {
            return execution.equals(version.executionId());
        }
        // Without a run there is only what was said: nothing, or the same as before.
        boolean sameClaims =
                manifest.claims().equals(documents.manifest(version).without("files"));
        return manifest.claims().fields().isEmpty() || (version.runId().isEmpty() && sameClaims);
    }

    private static VersionWriter.Decision already(
            Candidate candidate, VersionRecord version, String reason, Instant now) {
        UploadRecord ended = ended(candidate, version, reason, now);
        return new VersionWriter.Decision(ended, List.of(UploadRows.put(ended)));
    }

    private VersionWriter.Decision reproduction(Candidate candidate, VersionRecord version, Instant now) {
        Sha256 run = candidate.manifest().lineage().runId().orElseThrow();
        Sha256 execution = candidate.manifest().lineage().executionId().orElseThrow();
        String reason = "another execution of the run of version " + version.number() + " gave the same bytes";
        Replicate replicate = new Replicate(
                run,
                candidate.model(),
                version.number(),
                version.version(),
                version.artifactDigest(),
                execution,
                Replicate.Verdict.BIT_IDENTICAL,
                reason,
                Metrics.of(candidate.manifest().json()));
        if (RunRows.known(table, replicate)) {
            return already(candidate, version, reason, now);
        }
        Json.Obj change = Json.object()
                .with("model", candidate.model().value())
                .with("number", version.number().value())
                .with("version", version.version().toString())
                .with("runId", run.hex())
                .with("executionId", execution.hex())
                .with("uploadId", candidate.upload().id().hex());
        AuditLog.Head head = new AuditLog(table).head(AuditLog.modelScope(candidate.model()));
        UploadRecord ended = ended(candidate, version, reason, now);
        List<Write> writes = new ArrayList<>();
        writes.add(UploadRows.put(ended));
        writes.add(RunRows.reproduction(replicate));
        writes.addAll(AuditLog.append(
                head, now, List.of(new AuditLog.Event(Actor.REGISTRY, "replicate.recorded", reason, change))));
        writes.addAll(Outbox.append(
                candidate.model(),
                head.scope(),
                head.sequence() + 1,
                now,
                List.of(new Outbox.Message.Publish("replicate.recorded", change))));
        return new VersionWriter.Decision(ended, List.copyOf(writes));
    }

    private static UploadRecord ended(Candidate candidate, VersionRecord version, String reason, Instant now) {
        return candidate
                .upload()
                .belongsTo(LedgerState.ALREADY_REGISTERED, version.number(), version.version(), reason, now)
                .unsettled(candidate.set().isPresent());
    }
}
