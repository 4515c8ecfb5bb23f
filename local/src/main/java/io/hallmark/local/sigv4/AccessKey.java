package io.hallmark.local.sigv4;

/** The key pair of this process. */
public record AccessKey(String id, String secret) {

    /** Says the id and never the secret. */
    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}
