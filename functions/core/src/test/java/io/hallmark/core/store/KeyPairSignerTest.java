package io.hallmark.core.store;

class KeyPairSignerTest extends SignerContract {

    private final KeyPairSigner signer = new KeyPairSigner(KeyPairSigner.generate());

    @Override
    protected Signer signer() {
        return signer;
    }
}
