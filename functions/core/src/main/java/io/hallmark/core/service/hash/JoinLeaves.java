package io.hallmark.core.service.hash;

import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.model.Digests;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.Vouched;
import io.hallmark.core.model.Voucher;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.HashRows.Progress;
import java.util.HexFormat;
import java.util.Optional;

/** Joins the digests of all leaves, and says what the tree is long before the flat digest is known. */
public final class JoinLeaves implements HashAction {

    private final HashParts parts;

    public JoinLeaves(HashParts parts) {
        this.parts = parts;
    }

    @Override
    public HashAnswer run(HashCall call) {
        Sha256 id = call.uploadId();
        Progress plan = parts.progress(id);
        if (plan.state() == HashRows.State.GONE) {
            return HashAnswer.gone();
        }
        if (plan.tree().isEmpty()) {
            StringBuilder digests = new StringBuilder();
            int count = 0;
            for (int batch = 0; batch < plan.batches(); batch++) {
                HashRows.Leaves leaves = HashRows.leaves(parts.table(), id, batch);
                digests.append(leaves.digests());
                count += leaves.count();
            }
            int wanted = TreeDigest.leaves(plan.size());
            if (count != wanted) {
                return HashAnswer.of("INCOMPLETE", "only " + count + " of " + wanted + " leaves are hashed");
            }
            Sha256 root = TreeDigest.root(HexFormat.of().parseHex(digests));
            // Lost to another call, which has found the same or gone further.
            parts.save(HashRows.put(plan.joined(root, parts.clock().instant())));
            parts.findings()
                    .known(
                            id,
                            new Digests(
                                    Optional.empty(), Optional.of(new Vouched(root, Voucher.VERIFIED_BY_REGISTRY))));
        }
        return HashAnswer.of(HashAnswer.DONE, "the tree is known");
    }
}
