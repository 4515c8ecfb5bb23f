package io.hallmark.core.model;

/** A digest, and who vouches for it. */
public record Vouched(Sha256 digest, Voucher by) {

    /** Whether it was computed from the bytes, rather than said. */
    public boolean verified() {
        return by.verified();
    }
}
