package io.hallmark.core.identity;

import io.hallmark.core.model.Sha256;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;

/**
 * The one-level tree digest of an object: SHA-256 over the SHA-256 of its leaves. A leaf has the smallest power of two of
 * bytes, at least 16 MiB, that gives at most 10,000 leaves. It is S3's composite SHA-256 of an upload in such parts.
 * Incremental, in one pass; not safe for several threads.
 */
public final class TreeDigest {

    /** As many leaves as S3 takes parts. */
    public static final int LEAVES_MAX = 10_000;

    private static final long LEAF_BYTES_MIN = 16L << 20;
    private static final int DIGEST_BYTES = 32;

    private final long sizeBytes;
    private final long leafBytes;
    private final MessageDigest leaf = Hashing.newSha256();
    private final ByteArrayOutputStream leaves = new ByteArrayOutputStream();
    private final long[] seen = new long[1];

    /** The digest of an object of this size. */
    public TreeDigest(long sizeBytes) {
        this.sizeBytes = sizeBytes;
        this.leafBytes = leafBytes(sizeBytes);
    }

    /** How many bytes each leaf but the last of an object of this size has. */
    public static long leafBytes(long sizeBytes) {
        long leaf = LEAF_BYTES_MIN;
        while (leaf * LEAVES_MAX < sizeBytes) {
            leaf *= 2;
        }
        return leaf;
    }

    /** How many leaves an object of this size has, at least one. */
    public static int leaves(long sizeBytes) {
        long leaf = leafBytes(sizeBytes);
        return (int) Math.max(1, (sizeBytes + leaf - 1) / leaf);
    }

    /** The digest over these leaf digests, 32 bytes each, in order. */
    public static Sha256 root(byte[] leafDigests) {
        if (leafDigests.length == 0 || leafDigests.length % DIGEST_BYTES != 0) {
            throw new IllegalArgumentException("leaf digests of " + leafDigests.length + " bytes; 32 each");
        }
        return Hashing.sha256(leafDigests);
    }

    /** The next bytes of the object. */
    public void update(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            int some = (int) Math.min(left, leafBytes - seen[0] % leafBytes);
            leaf.update(bytes, from, some);
            seen[0] += some;
            from += some;
            left -= some;
            if (seen[0] % leafBytes == 0) {
                leaves.writeBytes(leaf.digest());
            }
        }
    }

    /** The digest, after the last byte. */
    public Sha256 finish() {
        if (seen[0] != sizeBytes) {
            throw new IllegalStateException("a tree of " + sizeBytes + " bytes was given " + seen[0]);
        }
        if (seen[0] == 0 || seen[0] % leafBytes != 0) {
            leaves.writeBytes(leaf.digest());
        }
        return root(leaves.toByteArray());
    }
}
