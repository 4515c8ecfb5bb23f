package io.hallmark.core.service.intake;

import io.hallmark.core.identity.UploadId;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Digests;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.hash.Findings;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.BlobRows;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.SetRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What intake does with digests that were computed behind a registration: they go into the ledger, an upload that waited
 * for them goes on, and a version that was registered with another digest is said to be wrong.
 */
public final class HashFindings implements Findings {

    private static final String EVENT = "artifact.contradicted";

    private final Table table;
    private final InstantSource clock;
    private final Backoff backoff;
    private final AfterCommit afterCommit;
    private final Ledger ledger;
    private final Documents documents;
    private final RegisterArtifact register;

    public HashFindings(IntakeParts parts, Documents documents, RegisterArtifact register) {
        this.table = parts.table();
        this.clock = parts.clock();
        this.backoff = parts.backoff();
        this.afterCommit = parts.afterCommit();
        this.ledger = new Ledger(parts.table(), parts.clock());
        this.documents = documents;
        this.register = register;
    }

    @Override
    public void known(Sha256 uploadId, Digests digests) {
        UploadRecord entry = backoff.untilWon("the digests of upload " + uploadId.hex(), () -> note(uploadId, digests));
        if (!entry.digests().flatVerified()) {
            return;
        }
        if (!entry.state().terminal()) {
            register.again(entry);
        }
        backoff.untilWon("the verdict on upload " + uploadId.hex(), () -> judge(uploadId));
    }

    @Override
    public void gone(Sha256 uploadId) {
        ledger.find(uploadId)
                .filter(entry -> !entry.state().terminal())
                .ifPresent(entry -> ledger.conclude(
                        entry, LedgerState.VANISHED, "VANISHED", "deleted before it could be read to its end"));
    }

    /** The entry with these digests in it, and the row of its set too; empty if somebody else was faster. */
    private Optional<UploadRecord> note(Sha256 uploadId, Digests digests) {
        UploadRecord entry = ledger.find(uploadId).orElseThrow();
        Digests known = digests.verifiedSha256().map(entry.digests()::flatRead).orElse(entry.digests());
        Digests merged =
                digests.tree().map(tree -> known.treeRead(tree.digest())).orElse(known);
        if (merged.equals(entry.digests())) {
            return Optional.of(entry);
        }
        UploadRecord noted = entry.with(merged).rewritten();
        List<Write> writes = new ArrayList<>();
        writes.add(UploadRows.put(noted));
        boolean asDeclared = entry.number().isPresent()
                && merged.flatVerified()
                && entry.sha256().equals(merged.sha256());
        if (asDeclared) {
            writes.add(BlobRows.refer(
                    merged.sha256().orElseThrow(),
                    entry.size(),
                    entry.model().orElseThrow(),
                    entry.number().orElseThrow()));
        }
        member(entry, merged).ifPresent(writes::add);
        return ledger.commit(uploadId, writes) ? Optional.of(noted) : Optional.empty();
    }

    private Optional<Write> member(UploadRecord entry, Digests digests) {
        if (!(Place.of(entry.object().key()) instanceof Place.Member place)) {
            return Optional.empty();
        }
        SetRows.SetName set = new SetRows.SetName(entry.object().bucket(), place.model(), place.upload());
        return SetRows.files(table, set, place.path(), Integer.MAX_VALUE).stream()
                .filter(member -> member.uploadId().equals(entry.id()))
                .findFirst()
                .map(member -> SetRows.rewriteFile(set, member.with(digests)));
    }

    /** Says once that a registered file is not what its version says; empty if somebody else was faster. */
    private Optional<UploadRecord> judge(Sha256 uploadId) {
        UploadRecord entry = ledger.find(uploadId).orElseThrow();
        Optional<Sha256> listed =
                entry.state() == LedgerState.REGISTERED && entry.code().isEmpty() ? listed(entry) : Optional.empty();
        if (listed.isEmpty() || listed.equals(entry.digests().verifiedSha256())) {
            return Optional.of(entry);
        }
        Instant now = clock.instant();
        ModelName model = entry.model().orElseThrow();
        String reason = "registered with SHA-256 " + listed.get().hex() + ", the bytes have "
                + entry.sha256().orElseThrow().hex();
        Json.Obj change = Json.object()
                .with("model", model.value())
                .with("number", entry.number().orElseThrow().value())
                .with("uploadId", uploadId.hex())
                .with("key", entry.object().key())
                .with("declared", listed.get().hex())
                .with("computed", entry.sha256().orElseThrow().hex());
        AuditLog.Head head = new AuditLog(table).head(AuditLog.modelScope(model));
        UploadRecord flagged = entry.flagged(Inspection.MISMATCH, reason, now);
        List<Write> writes = new ArrayList<>();
        writes.add(UploadRows.put(flagged));
        writes.addAll(AuditLog.append(head, now, List.of(new AuditLog.Event(Actor.REGISTRY, EVENT, reason, change))));
        writes.addAll(Outbox.append(
                model, head.scope(), head.sequence() + 1, now, List.of(new Outbox.Message.Publish(EVENT, change))));
        if (!ledger.commit(uploadId, writes)) {
            return Optional.empty();
        }
        afterCommit.committed(model);
        return Optional.of(flagged);
    }

    private Optional<Sha256> listed(UploadRecord entry) {
        return entry.number()
                .flatMap(number -> VersionRows.find(table, entry.model().orElseThrow(), number))
                .flatMap(version -> documents.files(version).stream()
                        .filter(file -> UploadId.of(file.object()).equals(entry.id()))
                        .map(FileEntry::sha256)
                        .findFirst());
    }
}
