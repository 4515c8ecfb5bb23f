package io.hallmark.core.service.hash;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.time.InstantSource;
import java.util.List;

/** What every step of hash-large works with. */
public record HashParts(Table table, Blobs blobs, InstantSource clock, Findings findings) {

    private static final int TOKEN_LENGTH = 36;

    /** How far an upload is hashed; its plan has been made. */
    HashRows.Progress progress(Sha256 uploadId) {
        return HashRows.find(table, uploadId)
                .orElseThrow(() -> new RegistryFailure.NotFound("hashing", uploadId.hex()));
    }

    /** Whether the write was committed; it is not if somebody else went further meanwhile. */
    boolean save(Write write) {
        String token = Hashing.sha256(write.toString()).hex().substring(0, TOKEN_LENGTH);
        return table.transact(new Transaction(token, List.of(write))).committed();
    }

    /** The object is gone: so says its row from now on, whoever else works on it. */
    HashAnswer gone(Sha256 uploadId) {
        HashRows.Progress now = progress(uploadId);
        if (now.state() == HashRows.State.RUNNING) {
            save(HashRows.put(now.became(HashRows.State.GONE, clock.instant())));
        }
        return HashAnswer.gone();
    }
}
