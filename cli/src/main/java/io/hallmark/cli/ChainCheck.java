package io.hallmark.cli;

import io.hallmark.client.Digests;
import io.hallmark.client.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Checks an audit chain with nothing but its entries: {@code hash = SHA-256("audit/v1\0" ‖ previous ‖ canonical JSON of
 * the body)}, each entry after the one before, the last one the head.
 */
public final class ChainCheck {

    private static final String GENESIS = "0".repeat(64);
    private static final byte[] DOMAIN = "audit/v1\0".getBytes(StandardCharsets.UTF_8);

    private ChainCheck() {}

    /** What the check found, as a sentence. */
    public record Finding(boolean intact, String sentence) {}

    /** Checks all entries of a scope, from the first one to the head. */
    public static Finding verify(String scope, List<JsonValue> entries, JsonValue head) {
        String previous = GENESIS;
        long sequence = 0;
        for (JsonValue entry : entries) {
            sequence++;
            String wrong = wrong(scope, entry, sequence, previous);
            if (!wrong.isEmpty()) {
                return new Finding(false, "BROKEN at entry " + sequence + ": " + wrong);
            }
            previous = entry.at("hash").textOr("");
        }
        boolean ends = head.at("seq").integer().orElse(-1L) == sequence
                && (sequence == 0 || plain(head.at("hash").textOr("")).equals(plain(previous)));
        return ends
                ? new Finding(true, "whole: " + sequence + " entries, head " + plain(previous))
                : new Finding(false, "BROKEN: the chain does not end at its head");
    }

    private static String wrong(String scope, JsonValue entry, long sequence, String previous) {
        JsonValue body = entry.at("body");
        boolean placed = entry.at("seq").integer().orElse(-1L) == sequence
                && body.at("seq").integer().orElse(-1L) == sequence
                && body.at("scope").textOr("").equals(scope);
        if (!placed) {
            return "it was written for another place";
        }
        if (!plain(entry.at("previous").textOr("")).equals(plain(previous))) {
            return "it does not follow the entry before it";
        }
        String computed = HexFormat.of()
                .formatHex(Digests.sha256(
                        DOMAIN,
                        HexFormat.of().parseHex(plain(previous)),
                        body.canonical().getBytes(StandardCharsets.UTF_8)));
        return computed.equals(plain(entry.at("hash").textOr(""))) ? "" : "it does not have the hash of its content";
    }

    private static String plain(String digest) {
        return digest.startsWith("sha256:") ? digest.substring("sha256:".length()) : digest;
    }
}
