package io.hallmark.core.audit;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * One link of the audit chain of a scope.
 *
 * <p>{@code hash = SHA-256("audit/v1\0" ‖ the 32 bytes of previous ‖ canonical JSON (RFC 8785) of body)}. The body holds
 * {@code seq}, {@code scope}, {@code at}, {@code actor}, {@code action}, {@code reason} and {@code change}.
 *
 * @param sequence 1, 2, 3 … within the scope
 * @param previous the hash of the entry before; 64 zeros before the first
 * @param hash this entry's own
 */
public record AuditEntry(String scope, long sequence, Sha256 previous, Json.Obj body, Sha256 hash) {

    /** What stands before the first entry. */
    public static final Sha256 GENESIS = new Sha256("0".repeat(64));

    private static final byte[] DOMAIN = "audit/v1\0".getBytes(StandardCharsets.UTF_8);

    /** Links a body to the entry before it. */
    public static AuditEntry link(String scope, long sequence, Sha256 previous, Json.Obj body) {
        return new AuditEntry(scope, sequence, previous, body, hash(previous, body));
    }

    /** Whether the stored hash is the hash of what is stored. */
    public boolean intact() {
        return hash.equals(hash(previous, body));
    }

    private static Sha256 hash(Sha256 previous, Json.Obj body) {
        return Hashing.sha256(DOMAIN, Hashing.bytes(previous), CanonicalJson.bytes(body));
    }
}
