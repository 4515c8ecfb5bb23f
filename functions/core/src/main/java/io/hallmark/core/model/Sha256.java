package io.hallmark.core.model;

/** A SHA-256 (FIPS 180-4), as 64 lowercase hex digits. */
public record Sha256(String hex) {

    public static final String PREFIX = "sha256:";
    private static final int DIGITS = 64;

    public Sha256 {
        if (hex.length() != DIGITS || !hex.chars().allMatch(Sha256::lowercaseHex)) {
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

    private static boolean lowercaseHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    public String prefixed() {
        return PREFIX + hex;
    }

    @Override
    public String toString() {
        return prefixed();
    }
}
