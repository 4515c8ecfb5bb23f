package io.hallmark.conformance;

import io.hallmark.core.json.Json;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** One key of KMS (ECC_NIST_P256, SIGN_VERIFY), which signs for real. */
final class KeyStub {

    private final KeyPair pair;

    KeyStub() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.pair = generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    StubAnswer answer(String operation, Json.Obj request) {
        Json.Obj answer = Json.object().with("KeyId", request.text("KeyId"));
        return switch (operation) {
            case "GetPublicKey" ->
                StubAnswer.ok(answer.with("PublicKey", base64(pair.getPublic().getEncoded())));
            case "Sign" -> {
                if (!request.text("MessageType").equals("DIGEST")
                        || !request.text("SigningAlgorithm").equals("ECDSA_SHA_256")) {
                    throw new StubAnswer.NotKnown(
                            "signing " + request.text("MessageType") + " by " + request.text("SigningAlgorithm"));
                }
                yield StubAnswer.ok(answer.with("Signature", base64(signed(request.text("Message")))));
            }
            default -> throw new StubAnswer.NotKnown("the operation " + operation);
        };
    }

    private byte[] signed(String digest) {
        try {
            Signature signature = Signature.getInstance("NONEwithECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(Base64.getDecoder().decode(digest));
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
