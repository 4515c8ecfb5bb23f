package io.hallmark.aws;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Where a list of versions goes on, as one word. */
record S3Cursor(String key, Optional<String> versionId) {

    String token() {
        return encoded(key) + versionId.map(id -> "." + encoded(id)).orElse("");
    }

    static S3Cursor read(String token) {
        int dot = token.indexOf('.');
        return dot < 0
                ? new S3Cursor(decoded(token), Optional.empty())
                : new S3Cursor(decoded(token.substring(0, dot)), Optional.of(decoded(token.substring(dot + 1))));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
