package io.hallmark.local.door.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** A stream that ends in an error when it has other than the declared number of bytes: no truncated upload is stored. */
final class LengthCheck extends InputStream {

    private final InputStream in;
    private final AtomicLong left;

    LengthCheck(InputStream in, long length) {
        this.in = in;
        this.left = new AtomicLong(length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        long now = read > 0 ? left.addAndGet(-read) : left.get();
        if (now < 0 || (read < 0 && now > 0)) {
            throw new S3Error(
                    ErrorCode.INCOMPLETE_BODY,
                    "You did not provide the number of bytes specified by the Content-Length HTTP header");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
