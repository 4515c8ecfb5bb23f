package io.hallmark.core.service.intake;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.HashRows.Progress;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sees to it that what is to be hashed is hashed: an execution that died is followed by another, which goes on where it
 * stopped; one that dies again and again is left, and shows.
 */
public final class HashWatch {

    /** How often an upload is started, the first time included. */
    public static final long ATTEMPTS_MAX = 5;

    /** Longer than one call and all its repeats may take; a hasher leaves a sign of life with each call. */
    public static final Duration SILENCE_MAX = Duration.ofMinutes(30);

    private static final int TOKEN_LENGTH = 36;

    private final Table table;
    private final InstantSource clock;

    public HashWatch(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Starts an upload again whose hashing has been silent for too long; true if something was done about it. */
    public boolean look(UploadRecord listed) {
        return HashRows.wanted(listed)
                && UploadRows.find(table, listed.id())
                        .filter(HashRows::wanted)
                        .filter(this::silent)
                        .filter(this::again)
                        .isPresent();
    }

    /** An execution of this name has ended; starts the next one if it left its work undone. */
    public boolean ended(String execution) {
        Optional<Sha256> uploadId = HashRows.uploadOfExecution(execution);
        return uploadId.flatMap(id -> UploadRows.find(table, id))
                .filter(HashRows::wanted)
                .filter(entry -> execution.equals(HashRows.execution(entry.id(), attempt(entry))))
                .filter(this::again)
                .isPresent();
    }

    private long attempt(UploadRecord entry) {
        return HashRows.find(table, entry.id()).map(Progress::attempt).orElse(1L);
    }

    private boolean silent(UploadRecord entry) {
        Instant heard = HashRows.find(table, entry.id()).map(Progress::at).orElse(entry.at());
        return heard.plus(SILENCE_MAX).isBefore(clock.instant());
    }

    private boolean again(UploadRecord entry) {
        Instant now = clock.instant();
        Progress before = HashRows.find(table, entry.id()).orElse(Progress.first(entry, 1, now));
        if (before.state() != HashRows.State.RUNNING) {
            return false;
        }
        List<Write> writes = new ArrayList<>();
        if (before.attempt() >= ATTEMPTS_MAX) {
            writes.add(HashRows.put(before.became(HashRows.State.STUCK, now)));
        } else {
            Progress next = before.again(now);
            writes.add(HashRows.put(next));
            writes.addAll(HashRows.starting(entry.model().orElseThrow(), entry.id(), next.attempt(), now));
        }
        String token = Hashing.sha256(writes.toString()).hex().substring(0, TOKEN_LENGTH);
        return table.transact(new Transaction(token, writes)).committed();
    }
}
