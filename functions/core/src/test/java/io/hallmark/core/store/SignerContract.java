package io.hallmark.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.audit.SignedDigest;
import io.hallmark.core.json.Json;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What every signer promises; the verification is the JDK's, not the signer's. */
public abstract class SignerContract {

    private static final Json.Obj DOCUMENT = Json.object().with("format", "x").with("number", 1);

    /** The signer under test; the same key each time. */
    protected abstract Signer signer();

    private SignedDigest signed(Signer signer, Json.Obj document) {
        byte[] signature = signer.sign(io.hallmark.core.json.CanonicalJson.bytes(document));
        return new SignedDigest("k", document, Base64.getEncoder().encodeToString(signature), "");
    }

    @Test
    void itsPublicKeyVerifiesItsSignature() {
        Signer signer = signer();
        assertThat(signed(signer, DOCUMENT).signedBy(signer.publicKey())).isTrue();
    }

    @Test
    void anotherDocumentIsNotSigned() {
        Signer signer = signer();
        SignedDigest signed = signed(signer, DOCUMENT);
        SignedDigest forged = new SignedDigest("k", DOCUMENT.with("number", 2), signed.signature(), "");
        assertThat(forged.signedBy(signer.publicKey())).isFalse();
    }

    @Test
    void anotherKeyDidNotSign() {
        SignedDigest signed = signed(signer(), DOCUMENT);
        byte[] other = KeyPairSigner.generate().getPublic().getEncoded();
        assertThat(signed.signedBy(other)).isFalse();
        assertThat(signed.signedBy(new byte[] {1, 2, 3})).isFalse();
    }

    @Test
    void theKeyHasOneNameAndOnePublicHalf() {
        assertThat(signer().keyId()).isNotBlank().isEqualTo(signer().keyId());
        assertThat(signer().publicKey()).isEqualTo(signer().publicKey());
    }

    @Test
    void aMessageOfAnyLengthIsSigned() {
        Signer signer = signer();
        Json.Obj large = DOCUMENT.with("text", "x".repeat(300_000));
        assertThat(signed(signer, large).signedBy(signer.publicKey())).isTrue();
    }
}
