package io.hallmark.core.identity;

import io.hallmark.core.model.Sha256;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * The digest of an object by leaves: the SHA-256 of the SHA-256s of its leaves, one after the other. Every leaf but the
 * last has {@link #leafBytes} bytes. Uploaded to S3 in parts of just that size with SHA-256 checksums, an object has this
 * digest as its composite checksum (S3 user guide, "Checking object integrity"), so that S3 has verified it and nobody has
 * to read the object. Above 4 GiB × {@value #LEAVES_MAX} a leaf is larger than the largest part of S3.
 *
 * <p>Told every byte once, in order, by one thread at a time; 32 bytes are kept per leaf.
 */
public final class TreeDigest {

    /** As many as S3 has parts at most. */
    public static final int LEAVES_MAX = 10_000;

    private static final long LEAF_BYTES_MIN = 16L << 20;
    private static final int DIGEST_BYTES = 32;

    private final long sizeBytes;
    private final long leafBytes;
    private final byte[] leafDigests;
    private final MessageDigest leaf = Hashing.newSha256();
    private final long[] seen = new long[1];

    /** Begins on an object of this size. */
    public TreeDigest(long sizeBytes) {
        this.sizeBytes = sizeBytes;
        this.leafBytes = leafBytes(sizeBytes);
        this.leafDigests = new byte[leaves(sizeBytes) * DIGEST_BYTES];
    }

    /** The size of a leaf: the smallest power of two from 16 MiB on with which the object has no more leaves than it may. */
    public static long leafBytes(long sizeBytes) {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("an object of " + sizeBytes + " bytes");
        }
        long bytes = LEAF_BYTES_MIN;
        while (count(sizeBytes, bytes) > LEAVES_MAX) {
            bytes <<= 1;
        }
        return bytes;
    }

    /** How many leaves an object of this size has, at least 1. */
    public static int leaves(long sizeBytes) {
        return (int) Math.max(1, count(sizeBytes, leafBytes(sizeBytes)));
    }

    private static long count(long sizeBytes, long leafBytes) {
        return sizeBytes / leafBytes + (sizeBytes % leafBytes == 0 ? 0 : 1);
    }

    /** The digest of an object whose leaves have these digests, 32 bytes each, in order. */
    public static Sha256 root(byte[] leafDigests) {
        int leaves = leafDigests.length / DIGEST_BYTES;
        if (leafDigests.length % DIGEST_BYTES != 0 || leaves < 1 || leaves > LEAVES_MAX) {
            throw new IllegalArgumentException("1 to " + LEAVES_MAX + " leaves have " + DIGEST_BYTES
                    + " bytes of digest each; there are " + leafDigests.length + " bytes");
        }
        return Hashing.sha256(leafDigests);
    }

    /**
     * Takes the next bytes.
     *
     * @throws IllegalStateException if these are more than the object was said to have
     */
    public void update(byte[] bytes, int offset, int length) {
        if (length > sizeBytes - seen[0]) {
            throw new IllegalStateException(
                    "byte " + (seen[0] + length) + " of an object that has " + sizeBytes + " bytes");
        }
        int from = offset;
        int left = length;
        while (left > 0) {
            int count = (int) Math.min(left, leafBytes - seen[0] % leafBytes);
            leaf.update(bytes, from, count);
            seen[0] += count;
            from += count;
            left -= count;
            if (seen[0] % leafBytes == 0) {
                endLeaf();
            }
        }
    }

    /** Called after the last byte of each leaf; {@code seen} already counts that byte. */
    private void endLeaf() {
        int index = (int) Math.max(0, count(seen[0], leafBytes) - 1);
        try {
            leaf.digest(leafDigests, index * DIGEST_BYTES, DIGEST_BYTES);
        } catch (DigestException impossible) {
            throw new IllegalStateException("a SHA-256 has " + DIGEST_BYTES + " bytes", impossible);
        }
    }

    /**
     * Ends the digest.
     *
     * @throws IllegalStateException if there were fewer bytes than the object was said to have
     */
    public Sha256 finish() {
        if (seen[0] != sizeBytes) {
            throw new IllegalStateException(seen[0] + " bytes of an object that has " + sizeBytes + " bytes");
        }
        if (sizeBytes == 0 || sizeBytes % leafBytes != 0) {
            endLeaf();
        }
        return root(leafDigests);
    }
}
