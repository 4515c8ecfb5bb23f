package io.hallmark.core.service.intake;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.Write;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the ledger, alone or with what belongs to an entry. */
final class Ledger {

    private static final int TOKEN_LENGTH = 36;

    private final Table table;
    private final InstantSource clock;

    Ledger(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    Optional<UploadRecord> find(Sha256 id) {
        return UploadRows.find(table, id);
    }

    /** Ends an entry outside every version. Answers the entry as it stands, also if somebody else was first. */
    UploadRecord conclude(UploadRecord upload, LedgerState state, String code, String reason, Write... along) {
        UploadRecord ended = upload.became(state, Optional.of(code), reason, clock.instant());
        List<Write> writes = new ArrayList<>(List.of(along));
        writes.add(UploadRows.put(ended));
        return commit(upload.id(), writes) ? ended : find(upload.id()).orElse(upload);
    }

    /** Stores an entry that waits, with what belongs to it; or answers the entry that was there before. */
    UploadRecord stage(UploadRecord upload, List<Write> along) {
        UploadRecord staged = upload.rewritten();
        List<Write> writes = new ArrayList<>(along);
        writes.add(UploadRows.put(staged));
        boolean stored = commit(upload.id(), writes);
        return stored ? staged : find(upload.id()).orElse(upload);
    }

    /**
     * Commits the writes of one decision, all or none. Of several writes on one key, which then say the same, one is kept.
     * The token is a digest of the writes themselves: the same attempt has the same token, another attempt another.
     */
    boolean commit(Sha256 uploadId, List<Write> writes) {
        Map<Key, Write> byKey = new LinkedHashMap<>();
        writes.forEach(write -> byKey.putIfAbsent(write.key(), write));
        List<Write> distinct = List.copyOf(byKey.values());
        String token = Hashing.sha256(uploadId.hex() + distinct).hex().substring(0, TOKEN_LENGTH);
        return table.transact(new Transaction(token, distinct)).committed();
    }
}
