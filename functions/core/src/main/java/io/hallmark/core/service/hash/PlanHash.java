package io.hallmark.core.service.hash;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.HashRows.Progress;
import io.hallmark.core.store.UploadRows;
import java.util.List;
import java.util.stream.IntStream;

/** Says what is to be read: the leaves first where nobody knows the tree, so that it is known in seconds; then all in a row. */
public final class PlanHash implements HashAction {

    private final HashParts parts;

    public PlanHash(HashParts parts) {
        this.parts = parts;
    }

    @Override
    public HashAnswer run(HashCall call) {
        Sha256 id = call.uploadId();
        UploadRecord upload =
                UploadRows.find(parts.table(), id).orElseThrow(() -> new RegistryFailure.NotFound("upload", id.hex()));
        if (HashRows.find(parts.table(), id).isEmpty()) {
            // Lost to another call, it is there all the same.
            Progress first = Progress.first(upload, 1, parts.clock().instant());
            parts.save(HashRows.put(first.became(HashRows.State.RUNNING, first.at())));
        }
        Progress progress = parts.progress(id);
        if (parts.blobs().head(upload.object()).isEmpty()) {
            return parts.gone(id);
        }
        boolean treeKnown =
                upload.digests().tree().isPresent() || progress.tree().isPresent();
        if (treeKnown || TreeDigest.leaves(progress.size()) == 1) {
            return HashAnswer.of("FLAT", progress.size() - progress.bytesDone() + " bytes are to be read");
        }
        List<Integer> batches = IntStream.range(0, progress.batches()).boxed().toList();
        return new HashAnswer(
                "LEAVES", TreeDigest.leaves(progress.size()) + " leaves in " + batches.size() + " batches", batches);
    }
}
