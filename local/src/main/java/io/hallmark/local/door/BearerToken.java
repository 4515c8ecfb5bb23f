package io.hallmark.local.door;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The token that callers bring in {@code Authorization: Bearer …} (RFC 6750 section 2.1). */
public record BearerToken(String value) {

    private static final String SCHEME = "Bearer ";

    /** Whether a header carries the token; takes the same time wherever they begin to differ. */
    boolean isIn(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] given = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "BearerToken[not shown]";
    }
}
