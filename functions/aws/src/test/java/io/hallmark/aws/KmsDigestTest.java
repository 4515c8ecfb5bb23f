package io.hallmark.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.store.KeyPairSigner;
import io.hallmark.core.store.Signer;
import io.hallmark.core.store.SignerContract;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/** The contract over a client that signs digests as KMS documents it: 32 bytes, not hashed again. */
class KmsDigestTest extends SignerContract {

    private final KeyPair keys = KeyPairSigner.generate();
    private final List<SignRequest> signed = new ArrayList<>();
    private final List<GetPublicKeyRequest> asked = new ArrayList<>();
    private final Signer signer = new KmsSigner(new DigestsOnly(), "arn:aws:kms:eu-central-1:123456789012:key/1");

    @Override
    protected Signer signer() {
        return signer;
    }

    @Test
    void onlyTheDigestOfAMessageIsSentAndThePublicKeyIsAskedForOnce() {
        signer.sign(new byte[100_000]);
        signer.publicKey();
        signer.publicKey();

        assertThat(signed).singleElement().satisfies(request -> {
            assertThat(request.message().asByteArray()).hasSize(32);
            assertThat(request.messageType()).isEqualTo(MessageType.DIGEST);
            assertThat(request.signingAlgorithm()).isEqualTo(SigningAlgorithmSpec.ECDSA_SHA_256);
            assertThat(request.keyId()).isEqualTo(signer.keyId());
        });
        assertThat(asked).hasSize(1);
    }

    private final class DigestsOnly implements KmsClient {
        @Override
        public SignResponse sign(SignRequest request) {
            signed.add(request);
            try {
                Signature signature = Signature.getInstance("NONEwithECDSA");
                signature.initSign(keys.getPrivate());
                signature.update(request.message().asByteArray());
                return SignResponse.builder()
                        .signature(SdkBytes.fromByteArray(signature.sign()))
                        .build();
            } catch (GeneralSecurityException impossible) {
                throw new AssertionError(impossible);
            }
        }

        @Override
        public GetPublicKeyResponse getPublicKey(GetPublicKeyRequest request) {
            asked.add(request);
            return GetPublicKeyResponse.builder()
                    .publicKey(SdkBytes.fromByteArray(keys.getPublic().getEncoded()))
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
