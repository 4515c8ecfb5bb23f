package io.hallmark.client;

/**
 * The canonical parts of a file: the size of a leaf is the smallest power of two from 16 MiB on with which there are no more
 * than 10,000 of them. The SHA-256 of the leaves' SHA-256s is the file's tree digest, which is what S3 stores as the checksum
 * of an object that was uploaded in these parts.
 */
public final class Leaves {

    public static final int COUNT_MAX = 10_000;

    private static final long BYTES_MIN = 16L << 20;

    private Leaves() {}

    /** Bytes of a leaf of a file of this size; the last one may have fewer. */
    public static long bytes(long size) {
        long bytes = BYTES_MIN;
        while (number(size, bytes) > COUNT_MAX) {
            bytes <<= 1;
        }
        return bytes;
    }

    /** How many leaves a file of this size has, at least 1. */
    public static int count(long size) {
        return (int) Math.max(1, number(size, bytes(size)));
    }

    private static long number(long size, long bytes) {
        return size / bytes + (size % bytes == 0 ? 0 : 1);
    }
}
