package io.hallmark.core.audit;

import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * A digest as it lies in its bucket.
 *
 * @param key of the object
 * @param document as it was read, not as we would write it: it is what the signature is of
 * @param signature ECDSA over P-256 and SHA-256, in DER and base64
 * @param publicKey that the signer claims, X.509 in base64; believed only where nobody knows better
 */
public record SignedDigest(String key, Json.Obj document, String signature, String publicKey) {

    /** How every digest is signed. */
    public static final String ALGORITHM = "ECDSA_SHA_256";

    public AuditDigest digest() {
        return AuditDigest.of(document);
    }

    /** What the next digest says of this one. */
    public AuditDigest.Link link() {
        return new AuditDigest.Link(key, AuditDigest.hash(document), signature);
    }

    public Json.Obj json() {
        return Json.object()
                .with("document", document)
                .with("algorithm", ALGORITHM)
                .with("signature", signature)
                .with("publicKey", publicKey);
    }

    public static SignedDigest of(String key, Json.Obj object) {
        return new SignedDigest(key, object.object("document"), object.text("signature"), object.text("publicKey"));
    }

    /** Whether the owner of this key (X.509) signed the document. */
    public boolean signedBy(byte[] trusted) {
        try {
            PublicKey verifier = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(trusted));
            Signature check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(verifier);
            check.update(CanonicalJson.bytes(document));
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return false;
        }
    }
}
