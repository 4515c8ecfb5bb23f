package io.hallmark.core.service.hash;

import io.hallmark.core.identity.ResumableSha256;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.HashRows.Progress;
import java.time.Instant;

/**
 * Reads on from where the last call stopped, until its time is up or there is no more, and keeps the 40 bytes from which the
 * next call goes on. Of two calls at once the slower one finds that the row has moved, and stops.
 */
public final class HashFlat implements HashAction {

    /** After so many bytes the state is kept even if there is time left: a killed call costs no more than reading these. */
    private static final long KEPT_EVERY_BYTES = 4L << 30;

    private final HashParts parts;

    public HashFlat(HashParts parts) {
        this.parts = parts;
    }

    @Override
    public HashAnswer run(HashCall call) {
        Sha256 id = call.uploadId();
        Progress from = parts.progress(id);
        if (from.state() == HashRows.State.GONE) {
            return HashAnswer.gone();
        }
        if (from.sha256().isPresent()) {
            return done(from);
        }
        Instant end = parts.clock().instant().plus(call.budget());
        try (Bytes bytes = Bytes.open(parts.blobs(), from.object(), from.bytesDone(), from.size() - from.bytesDone())) {
            return read(from, bytes, end);
        } catch (Blobs.ObjectGone gone) {
            return parts.gone(id);
        }
    }

    private HashAnswer read(Progress from, Bytes bytes, Instant end) throws Blobs.ObjectGone {
        ResumableSha256 digest = from.flat().map(ResumableSha256::resume).orElseGet(ResumableSha256::start);
        Progress kept = from;
        long at = from.bytesDone();
        while (at < from.size()) {
            at += bytes.next(from.size() - at, (piece, length) -> digest.update(piece, 0, length));
            Instant now = parts.clock().instant();
            boolean over = !now.isBefore(end);
            if (at < from.size() && (over || at - kept.bytesDone() >= KEPT_EVERY_BYTES)) {
                Progress next = kept.read(digest.state(), now);
                if (!parts.save(HashRows.put(next))) {
                    return HashAnswer.of(HashAnswer.CONTINUE, "another call has gone on meanwhile");
                }
                kept = next;
                if (over) {
                    return HashAnswer.of(HashAnswer.CONTINUE, at + " of " + from.size() + " bytes are read");
                }
            }
        }
        Progress finished = kept.finished(digest.finish(), parts.clock().instant());
        return parts.save(HashRows.put(finished))
                ? done(finished)
                : HashAnswer.of(HashAnswer.CONTINUE, "another call has gone on meanwhile");
    }

    private static HashAnswer done(Progress finished) {
        return HashAnswer.of(HashAnswer.DONE, "all " + finished.size() + " bytes are read");
    }
}
