package io.hallmark.cli;

import io.hallmark.client.Digests;
import io.hallmark.client.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Holds a chain against the signed digests that cover it, from the newest back to its first entry: each signed, each one
 * naming the hash that its last entry has here, none leaving entries out between it and the one before.
 *
 * @param trustedKey the base64 of the public key that must have signed; without one all have to be signed by the same
 */
record DigestCheck(Registry registry, Optional<String> trustedKey) {

    /** Digests of one chain that are followed back; older ones are said not to have been looked at. */
    private static final int BACK_MAX = 200;

    /** What was found: whether all holds, and sentences. */
    record Finding(boolean holds, List<String> sentences) {}

    /** Checks the entries of a scope, from the first one, against what the registry names as its newest digest. */
    Finding verify(String scope, List<JsonValue> entries, JsonValue newest) throws InterruptedException {
        if (newest.isMissing()) {
            return new Finding(true, List.of("no signed digest covers this chain yet"));
        }
        List<String> sentences = new ArrayList<>();
        Optional<String> key = trustedKey;
        String link = newest.at("link").textOr("");
        long expectedLast = newest.at("seq").integer().orElse(-1L);
        for (int back = 0; back < BACK_MAX; back++) {
            JsonValue signed = registry.get(link);
            JsonValue document = signed.at("document");
            String name = "signed digest " + document.at("number").textOr("?") + " of "
                    + document.at("at").textOr("?");
            String signer = key.orElse(signed.at("publicKey").textOr(""));
            if (!signed(document, signed.at("signature").textOr(""), signer)) {
                return broken(name + " does not have the signature of " + fingerprint(signer));
            }
            JsonValue span = span(document, scope);
            long first = span.at("first").integer().orElse(-1L);
            long last = span.at("last").integer().orElse(-1L);
            if (last != expectedLast || first < 1 || first > last) {
                return broken(name + " does not cover this chain up to entry " + expectedLast);
            }
            if (last > entries.size()
                    || !hash(entries, last).equals(span.at("head").textOr(""))) {
                return broken(name + " was signed over another entry " + last);
            }
            if (back == 0) {
                sentences.add(name + " covers entries 1 to " + last + ", signed by " + fingerprint(signer)
                        + (last == entries.size() ? ", the head" : "; " + (entries.size() - last) + " since then"));
            }
            Optional<Long> before = span.at("digest").integer();
            if (first == 1 || before.isEmpty()) {
                return first == 1
                        ? new Finding(true, sentences)
                        : broken(name + " names no digest for the entries before " + first);
            }
            key = Optional.of(signer);
            link = "/v1/digests/" + before.get();
            expectedLast = first - 1;
        }
        sentences.add("digests before the last " + BACK_MAX + " of this chain were not looked at");
        return new Finding(true, sentences);
    }

    private static Finding broken(String sentence) {
        return new Finding(false, List.of("BROKEN: " + sentence));
    }

    private static JsonValue span(JsonValue document, String scope) {
        return document.at("spans").items().stream()
                .filter(span -> span.at("scope").textOr("").equals(scope))
                .findFirst()
                .orElse(JsonValue.MISSING);
    }

    private static String hash(List<JsonValue> entries, long sequence) {
        String hash = entries.get(Math.toIntExact(sequence - 1)).at("hash").textOr("");
        return hash.startsWith("sha256:") ? hash.substring("sha256:".length()) : hash;
    }

    private static boolean signed(JsonValue document, String signature, String key) {
        try {
            Signature check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key))));
            check.update(document.canonical().getBytes(StandardCharsets.UTF_8));
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return false;
        }
    }

    /** A key by the first digits of its digest. */
    private static String fingerprint(String key) {
        try {
            String digest =
                    HexFormat.of().formatHex(Digests.sha256(Base64.getDecoder().decode(key)));
            return "key sha256:" + digest.substring(0, 16);
        } catch (IllegalArgumentException noKey) {
            return "no readable key";
        }
    }
}
