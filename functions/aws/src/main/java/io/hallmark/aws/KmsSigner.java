package io.hallmark.aws;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.store.Signer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/**
 * Signs with a key of AWS KMS that never leaves it: key spec ECC_NIST_P256, key usage SIGN_VERIFY. Only the digest of the
 * message is sent (KMS API reference, "Sign", MessageType DIGEST).
 */
public final class KmsSigner implements Signer {

    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final KmsClient client;
    private final String keyArn;
    private final ConcurrentMap<String, byte[]> publicKeys = new ConcurrentHashMap<>();

    public KmsSigner(KmsClient client, String keyArn) {
        this.client = client;
        this.keyArn = keyArn;
    }

    @Override
    public String keyId() {
        return keyArn;
    }

    @Override
    public byte[] sign(byte[] message) {
        SdkBytes digest = SdkBytes.fromByteArray(Hashing.bytes(Hashing.sha256(message)));
        return available(() -> client.sign(request -> request.keyId(keyArn)
                        .message(digest)
                        .messageType(MessageType.DIGEST)
                        .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256))
                .signature()
                .asByteArray());
    }

    /** Asked for once: the public half of a key never changes. */
    @Override
    public byte[] publicKey() {
        return publicKeys
                .computeIfAbsent(
                        keyArn,
                        arn -> available(() -> client.getPublicKey(request -> request.keyId(arn))
                                .publicKey()
                                .asByteArray()))
                .clone();
    }

    private static <T> T available(Supplier<T> call) {
        try {
            return call.get();
        } catch (KmsException refused) {
            String code = refused.awsErrorDetails() == null
                    ? "status " + refused.statusCode()
                    : refused.awsErrorDetails().errorCode();
            throw new RegistryFailure.Unavailable("KMS answers " + code, RETRY_AFTER, refused);
        } catch (SdkException unanswered) {
            throw new RegistryFailure.Unavailable("KMS does not answer", RETRY_AFTER, unanswered);
        }
    }
}
