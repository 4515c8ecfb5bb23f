package io.hallmark.core.identity;

import io.hallmark.core.model.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A digest over named values: a domain, then for each field {@code len(name) ‖ name ‖ len(value) ‖ value}, lengths as
 * 8-byte big-endian counts of UTF-8 bytes, so that no two different lists of fields have the same encoding.
 */
final class Fields {

    private final MessageDigest digest = Hashing.newSha256();

    Fields(String domain) {
        digest.update(utf8(domain));
    }

    Fields with(String name, String value) {
        part(name);
        part(value);
        return this;
    }

    Sha256 digest() {
        return Hashing.finish(digest);
    }

    private void part(String text) {
        byte[] bytes = utf8(text);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).array());
        digest.update(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
