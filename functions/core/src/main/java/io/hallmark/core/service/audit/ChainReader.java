package io.hallmark.core.service.audit;

import io.hallmark.core.audit.AuditChain;
import io.hallmark.core.audit.AuditDigest;
import io.hallmark.core.audit.AuditEntry;
import io.hallmark.core.audit.MerkleTree;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.AuditLog;
import java.util.List;
import java.util.Optional;

/** Reads a stretch of a chain, verifies it link by link, and adds it to a Merkle tree. */
final class ChainReader {

    private static final int PAGE = 500;

    private final AuditLog log;

    ChainReader(AuditLog log) {
        this.log = log;
    }

    /** What a stretch came to: its last hash, or what is wrong with it. */
    record Read(Sha256 last, Optional<AuditDigest.Broken> broken) {}

    /** The entries {@code first} to {@code last} of a scope, which follow the hash {@code before}. */
    Read read(String scope, long first, long last, Sha256 before, MerkleTree tree) {
        Sha256 previous = before;
        long next = first;
        while (next <= last) {
            int limit = (int) Math.min(PAGE, last - next + 1);
            List<AuditEntry> entries = log.entries(scope, next, limit);
            Optional<AuditChain.Break> wrong = AuditChain.verify(entries, previous, next, Optional.empty());
            if (wrong.isEmpty() && entries.isEmpty()) {
                wrong = Optional.of(new AuditChain.Break(next, "entry " + next + " is missing"));
            }
            if (wrong.isPresent()) {
                AuditChain.Break found = wrong.get();
                return new Read(previous, Optional.of(new AuditDigest.Broken(scope, found.sequence(), found.reason())));
            }
            entries.forEach(entry -> tree.add(Hashing.bytes(entry.hash())));
            AuditEntry end = entries.get(entries.size() - 1);
            previous = end.hash();
            next = end.sequence() + 1;
        }
        return new Read(previous, Optional.empty());
    }
}
