package io.hallmark.core.service.hash;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.model.Digests;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.Vouched;
import io.hallmark.core.model.Voucher;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.HashRows.Progress;
import java.util.Optional;

/** Hands on what was found, and then says that it was. */
public final class ConcludeHash implements HashAction {

    private final HashParts parts;

    public ConcludeHash(HashParts parts) {
        this.parts = parts;
    }

    @Override
    public HashAnswer run(HashCall call) {
        Sha256 id = call.uploadId();
        Progress found = parts.progress(id);
        if (found.state() == HashRows.State.GONE) {
            parts.findings().gone(id);
            return HashAnswer.of("CONCLUDED", "the object was deleted");
        }
        if (found.sha256().isEmpty()) {
            return HashAnswer.of("INCOMPLETE", "only " + found.bytesDone() + " of " + found.size() + " bytes are read");
        }
        parts.findings().known(id, digests(found, found.sha256().get()));
        if (found.state() != HashRows.State.DONE) {
            // Lost to another call, which has handed on the same.
            parts.save(
                    HashRows.put(found.became(HashRows.State.DONE, parts.clock().instant())));
        }
        return HashAnswer.of(
                "CONCLUDED", "the SHA-256 is " + found.sha256().get().hex());
    }

    /** An object of one leaf has the tree of that leaf. */
    private static Digests digests(Progress found, Sha256 flat) {
        Optional<Sha256> tree =
                TreeDigest.leaves(found.size()) == 1 ? Optional.of(TreeDigest.root(Hashing.bytes(flat))) : found.tree();
        return new Digests(
                Optional.of(new Vouched(flat, Voucher.VERIFIED_BY_REGISTRY)),
                tree.map(root -> new Vouched(root, Voucher.VERIFIED_BY_REGISTRY)));
    }
}
