package io.hallmark.core.service.intake;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds registered objects that are gone, and says so once: in the ledger, in the audit chain, and as an event. */
final class MissingArtifacts {

    static final String CODE = "ARTIFACT_MISSING";
    private static final String EVENT = "artifact.missing";
    private static final int TOKEN_LENGTH = 36;

    private final Table table;
    private final Blobs blobs;
    private final InstantSource clock;

    MissingArtifacts(Table table, Blobs blobs, InstantSource clock) {
        this.table = table;
        this.blobs = blobs;
        this.clock = clock;
    }

    /** Whether this entry's object is gone and nobody had said so. A lost race leaves it to the next run. */
    boolean flag(UploadRecord listed) {
        if (listed.code().isPresent() || blobs.head(listed.object()).isPresent()) {
            return false;
        }
        Optional<UploadRecord> entry = UploadRows.find(table, listed.id());
        return entry.filter(found ->
                        found.state() == LedgerState.REGISTERED && found.code().isEmpty())
                .filter(this::commit)
                .isPresent();
    }

    private boolean commit(UploadRecord entry) {
        Instant now = clock.instant();
        String reason = "the registered object is gone from its bucket";
        ModelName model = entry.model().orElseThrow();
        UploadRecord flagged = entry.flagged(CODE, reason, now);
        Json.Obj change = Json.object()
                .with("model", model.value())
                .withOptional("number", entry.number().map(number -> Json.of(number.value())))
                .with("uploadId", entry.id().hex())
                .with("key", entry.object().key());
        AuditLog.Head head = new AuditLog(table).head(AuditLog.modelScope(model));
        List<Write> writes = new ArrayList<>();
        writes.add(UploadRows.put(flagged));
        writes.addAll(AuditLog.append(head, now, List.of(new AuditLog.Event(Actor.REGISTRY, EVENT, reason, change))));
        writes.addAll(Outbox.append(
                model, head.scope(), head.sequence() + 1, now, List.of(new Outbox.Message.Publish(EVENT, change))));
        String token = Hashing.sha256(writes.toString()).hex().substring(0, TOKEN_LENGTH);
        return table.transact(new Transaction(token, writes)).committed();
    }
}
