package io.hallmark.aws;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The bytes of an object. Closed before its end it drops the connection instead of reading gigabytes to reuse it. */
final class S3ObjectStream extends InputStream {

    private final ResponseInputStream<GetObjectResponse> in;
    private final AtomicBoolean ended = new AtomicBoolean();

    S3ObjectStream(ResponseInputStream<GetObjectResponse> in) {
        this.in = in;
    }

    /**
     * Refuses an answer that is not the range that was asked for: a server that passes over the Range header sends the object
     * from its beginning, and nobody would notice before the digest.
     */
    void requireStart(long offset) throws IOException {
        String range = String.valueOf(in.response().contentRange());
        if (!range.startsWith("bytes " + offset + "-")) {
            in.abort();
            throw new IOException("asked for the bytes from " + offset + " on, S3 sent the range " + range);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int read = in.read(buffer, offset, length);
            if (read < 0) {
                ended.set(true);
            }
            return read;
        } catch (SdkException wrongBytes) {
            throw new IOException("S3 gave other bytes than it has a checksum of", wrongBytes);
        }
    }

    @Override
    public void close() throws IOException {
        if (ended.get()) {
            in.close();
        } else {
            in.abort();
        }
    }
}
