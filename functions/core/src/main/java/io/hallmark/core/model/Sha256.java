package io.hallmark.core.model;

import java.util.regex.Pattern;

/** A SHA-256 (FIPS 180-4), as 64 lowercase hex digits. */
public record Sha256(String hex) {

    public static final String PREFIX = "sha256:";
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    public Sha256 {
        if (!SHAPE.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in 64 lowercase hex digits");
        }
    }

    /** Reads the form {@code sha256:…}. */
    public static Sha256 ofPrefixed(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a digest starts with sha256:");
        }
        return new Sha256(text.substring(PREFIX.length()));
    }

    public String prefixed() {
        return PREFIX + hex;
    }

    @Override
    public String toString() {
        return prefixed();
    }
}
