package io.hallmark.client;

import io.hallmark.client.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4) of texts and documents. */
public final class Digests {

    private Digests() {}

    public static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The digest of a document's canonical form (RFC 8785), in lowercase hex. */
    public static String ofCanonical(JsonValue document) {
        return HexFormat.of().formatHex(sha256(document.canonical().getBytes(StandardCharsets.UTF_8)));
    }
}
