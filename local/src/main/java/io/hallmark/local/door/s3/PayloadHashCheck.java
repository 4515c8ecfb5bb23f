package io.hallmark.local.door.s3;

import io.hallmark.local.checksum.ChecksumAlgorithm;
import io.hallmark.local.sigv4.Signer;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream that ends in an error unless its bytes have the SHA-256 that the signature covers. */
final class PayloadHashCheck extends InputStream {

    private final MessageDigest digest = ChecksumAlgorithm.digest("SHA-256");
    private final AtomicBoolean ended = new AtomicBoolean();
    private final InputStream in;
    private final String expected;

    PayloadHashCheck(InputStream in, String expected) {
        this.in = in;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            digest.update(buffer, offset, read);
        } else if (read < 0 && !ended.getAndSet(true)) {
            String computed = HexFormat.of().formatHex(digest.digest());
            if (!Signer.same(computed, expected)) {
                throw new S3Error(
                                ErrorCode.X_AMZ_CONTENT_SHA256_MISMATCH,
                                "The provided 'x-amz-content-sha256' header does not match what was computed.")
                        .with("ClientComputedContentSHA256", expected)
                        .with("S3ComputedContentSHA256", computed);
            }
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
