package io.hallmark.core.service.hash;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.HashRows.Progress;
import java.security.MessageDigest;
import java.time.Instant;

/** Hashes the leaves of one batch, in order, until its time is up or there is no more; at least one each call. */
public final class HashLeaves implements HashAction {

    private final HashParts parts;

    public HashLeaves(HashParts parts) {
        this.parts = parts;
    }

    @Override
    public HashAnswer run(HashCall call) {
        Sha256 id = call.uploadId();
        Progress plan = parts.progress(id);
        if (plan.state() == HashRows.State.GONE) {
            return HashAnswer.gone();
        }
        int batch = call.batch().orElseThrow(() -> new IllegalArgumentException("which batch of leaves?"));
        if (batch < 0 || batch >= plan.batches()) {
            throw new IllegalArgumentException("there is no batch " + batch + " of " + plan.batches());
        }
        try {
            Instant end = parts.clock().instant().plus(call.budget());
            return hash(plan, HashRows.leaves(parts.table(), id, batch), end);
        } catch (Blobs.ObjectGone gone) {
            return parts.gone(id);
        }
    }

    private HashAnswer hash(Progress plan, HashRows.Leaves before, Instant end) throws Blobs.ObjectGone {
        int first = before.batch() * plan.leavesPerBatch();
        int count = Math.min(plan.leavesPerBatch(), TreeDigest.leaves(plan.size()) - first);
        StringBuilder digests = new StringBuilder(before.digests());
        int done = before.count();
        while (done < count
                && (done == before.count() || parts.clock().instant().isBefore(end))) {
            digests.append(leaf(plan, first + done).hex());
            done++;
        }
        if (done > before.count()) {
            // Lost to another call, which has found the same.
            parts.save(HashRows.put(
                    new HashRows.Leaves(plan.uploadId(), before.batch(), digests.toString(), before.rev() + 1)));
        }
        String reason = done + " of " + count + " leaves of batch " + before.batch();
        return HashAnswer.of(done < count ? HashAnswer.CONTINUE : HashAnswer.DONE, reason);
    }

    private Sha256 leaf(Progress plan, long leaf) throws Blobs.ObjectGone {
        long from = leaf * TreeDigest.leafBytes(plan.size());
        long to = Math.min(plan.size(), from + TreeDigest.leafBytes(plan.size()));
        MessageDigest digest = Hashing.newSha256();
        try (Bytes bytes = Bytes.open(parts.blobs(), plan.object(), from, to - from)) {
            for (long at = from; at < to; ) {
                at += bytes.next(to - at, (piece, length) -> digest.update(piece, 0, length));
            }
        }
        return Hashing.finish(digest);
    }
}
