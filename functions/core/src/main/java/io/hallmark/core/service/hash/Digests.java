package io.hallmark.core.service.hash;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.model.Sha256;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The flat and the tree digest of one object, in one pass over its bytes. They are two SHA-256 of the same bytes; where there
 * is a second core it does the second one. An object of one leaf costs nothing more than its flat digest.
 */
public final class Digests {

    /** Handing bytes to another thread takes as long as hashing some tens of kilobytes. */
    private static final int HANDED_OVER_BYTES_MIN = 128 * 1024;

    private final MessageDigest flat = Hashing.newSha256();
    private final Optional<TreeDigest> tree;
    private final boolean secondCore;

    /** Begins on an object of this size. */
    public Digests(long sizeBytes) {
        this(sizeBytes, Runtime.getRuntime().availableProcessors());
    }

    Digests(long sizeBytes, int cores) {
        this.tree = TreeDigest.leaves(sizeBytes) == 1 ? Optional.empty() : Optional.of(new TreeDigest(sizeBytes));
        this.secondCore = cores > 1;
    }

    /** Takes the next bytes, and is done with the array when it returns. */
    public void update(byte[] bytes, int offset, int length) {
        if (tree.isEmpty()) {
            flat.update(bytes, offset, length);
        } else if (secondCore && length >= HANDED_OVER_BYTES_MIN) {
            CompletableFuture<Void> leaf =
                    CompletableFuture.runAsync(() -> tree.get().update(bytes, offset, length));
            flat.update(bytes, offset, length);
            leaf.join();
        } else {
            flat.update(bytes, offset, length);
            tree.get().update(bytes, offset, length);
        }
    }

    /** Both digests; called once, after the last byte. */
    public Found finish() {
        Sha256 sha256 = Hashing.finish(flat);
        return new Found(
                sha256,
                tree.isEmpty()
                        ? TreeDigest.root(Hashing.bytes(sha256))
                        : tree.get().finish());
    }

    /** What was found. */
    public record Found(Sha256 sha256, Sha256 tree) {}
}
