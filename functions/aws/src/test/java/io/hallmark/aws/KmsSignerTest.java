package io.hallmark.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.store.Signer;
import io.hallmark.core.store.SignerContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

class KmsSignerTest extends SignerContract {

    @RegisterExtension
    static final AwsEndpoint AWS = new AwsEndpoint();

    private KmsClient kms;
    private Signer signer;

    @BeforeEach
    void createKey() {
        kms = AWS.clients().kms();
        String arn = kms.createKey(
                        request -> request.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.SIGN_VERIFY))
                .keyMetadata()
                .arn();
        signer = new KmsSigner(kms, arn);
    }

    @Override
    protected Signer signer() {
        return signer;
    }

    @Test
    @Override
    protected void itsPublicKeyVerifiesItsSignature() {
        gap(super::itsPublicKeyVerifiesItsSignature);
    }

    @Test
    @Override
    protected void aMessageOfAnyLengthIsSigned() {
        gap(super::aMessageOfAnyLengthIsSigned);
    }

    /** {@link KmsDigestTest} keeps the contract with a client that minds the type of a message. */
    private static void gap(Executable claim) {
        AWS.knownGap(AwsEndpoint.Peer.MOTO, "a message of the type DIGEST is hashed again", claim);
    }

    @Test
    void aKeyThatIsNotThereIsUnavailableAndNamedByKms() {
        Signer gone = new KmsSigner(kms, "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000");

        assertThatThrownBy(() -> gone.sign(new byte[] {1}))
                .isInstanceOf(RegistryFailure.Unavailable.class)
                .hasMessage("KMS answers NotFoundException");
        assertThatThrownBy(gone::publicKey).isInstanceOf(RegistryFailure.Unavailable.class);
    }
}
