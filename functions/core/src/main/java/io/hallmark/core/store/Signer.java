package io.hallmark.core.store;

/** Signs with a key that nobody can take out: ECDSA over P-256 and SHA-256, signatures in DER (RFC 3279 section 2.2.3). */
public interface Signer {

    /** Which key this is, for whoever verifies: the same text as long as the key is the same. */
    String keyId();

    /**
     * The signature of these bytes; another one each time.
     *
     * @throws io.hallmark.core.failure.RegistryFailure.Unavailable if the key cannot be used now
     */
    byte[] sign(byte[] message);

    /**
     * The key that verifies, as an X.509 SubjectPublicKeyInfo.
     *
     * @throws io.hallmark.core.failure.RegistryFailure.Unavailable if it cannot be had now
     */
    byte[] publicKey();
}
