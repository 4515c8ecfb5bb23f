package io.hallmark.core.store;

import io.hallmark.core.failure.RegistryFailure;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Limits that every adapter of {@link Blobs} keeps, so that what one store takes the others take too. */
public final class BlobLimits {

    /** The largest object that {@link Blobs#put} takes, in bytes. */
    public static final int PUT_BYTES_MAX = 16 * 1024 * 1024;

    /** The longest key in bytes of UTF-8 (S3 user guide, "Naming Amazon S3 objects"). */
    public static final int KEY_BYTES_MAX = 1024;

    /** Names and values of an object's metadata together, in bytes (S3 user guide, "User-defined metadata"). */
    public static final int METADATA_BYTES_MAX = 2048;

    /** The longest page of a list. */
    public static final int PAGE_MAX = 1000;

    private BlobLimits() {}

    /** Refuses what no store takes: a key that is empty or too long, too many bytes, too much metadata. */
    public static void requirePut(String key, byte[] bytes, Map<String, String> metadata) {
        requireKey(key);
        if (bytes.length > PUT_BYTES_MAX) {
            throw new RegistryFailure.TooLarge(
                    "BLOB_TOO_LARGE",
                    "an object of " + bytes.length + " bytes is put at once; " + PUT_BYTES_MAX + " are the most");
        }
        long metadataBytes = metadata.entrySet().stream()
                .mapToLong(entry -> utf8(entry.getKey()) + utf8(entry.getValue()))
                .sum();
        if (metadataBytes > METADATA_BYTES_MAX) {
            throw new RegistryFailure.Invalid(
                    "",
                    "METADATA_TOO_LARGE",
                    "the metadata has " + metadataBytes + " bytes; " + METADATA_BYTES_MAX + " are the most");
        }
    }

    /** Refuses a key that is empty or longer than {@link #KEY_BYTES_MAX}. */
    public static void requireKey(String key) {
        if (key.isEmpty()) {
            throw new RegistryFailure.Invalid("", "KEY_EMPTY", "an object needs a key");
        }
        if (utf8(key) > KEY_BYTES_MAX) {
            throw new RegistryFailure.Invalid(
                    "", "KEY_TOO_LONG", "the key has " + utf8(key) + " bytes; " + KEY_BYTES_MAX + " are the most");
        }
    }

    /** Refuses a range that begins before the object, or is empty: a mistake of the caller. */
    public static void requireRange(long offset, long length) {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException("a range of " + length + " bytes from byte " + offset + " on");
        }
    }

    /** Refuses a page that is empty or longer than {@link #PAGE_MAX}: a mistake of the caller. */
    public static void requirePage(int limit) {
        if (limit < 1 || limit > PAGE_MAX) {
            throw new IllegalArgumentException("a page has 1 to " + PAGE_MAX + " entries, not " + limit);
        }
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
