package io.hallmark.core.store;

/**
 * The place of an item: partition key and sort key.
 *
 * @param pk partition key, 1 to 2,048 bytes of UTF-8
 * @param sk sort key, 1 to 1,024 bytes of UTF-8; items of a partition are ordered by these bytes
 */
public record Key(String pk, String sk) {

    public static final int PK_BYTES_MAX = 2048;
    public static final int SK_BYTES_MAX = 1024;

    public Key {
        requireBytes("partition key", pk, PK_BYTES_MAX);
        requireBytes("sort key", sk, SK_BYTES_MAX);
    }

    static void requireBytes(String what, String text, int bytesMax) {
        int bytes = Utf8.length(text);
        if (bytes < 1 || bytes > bytesMax) {
            throw new IllegalArgumentException("a " + what + " of " + bytes + " bytes; 1 to " + bytesMax);
        }
    }
}
