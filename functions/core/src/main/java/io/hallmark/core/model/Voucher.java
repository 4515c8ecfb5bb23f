package io.hallmark.core.model;

/** Who vouches for a digest. */
public enum Voucher {
    /** Somebody said so; nobody has looked. */
    DECLARED("declared"),
    /** The object store computed it from the bytes when they were uploaded. */
    VERIFIED_BY_S3("verified-by-s3"),
    /** The registry computed it from the bytes. */
    VERIFIED_BY_REGISTRY("verified-by-registry");

    private final String word;

    Voucher(String word) {
        this.word = word;
    }

    /** As it is spelled everywhere outside. */
    public String word() {
        return word;
    }

    /** Reads {@link #word}. */
    public static Voucher of(String word) {
        for (Voucher voucher : values()) {
            if (voucher.word.equals(word)) {
                return voucher;
            }
        }
        throw new IllegalArgumentException("nobody known as " + word + " vouches for digests");
    }

    /** Whether it was computed from the bytes, rather than said. */
    public boolean verified() {
        return this != DECLARED;
    }
}
