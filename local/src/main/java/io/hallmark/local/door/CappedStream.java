package io.hallmark.local.door;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A request body that ends in an exception instead of growing past its cap, also when no length was declared. It is no
 * FilterInputStream, because the skip of the JDK server's own streams skips into the next request.
 */
final class CappedStream extends InputStream {

    private final InputStream in;
    private final long cap;
    private final AtomicLong seen = new AtomicLong();

    CappedStream(InputStream in, long cap) {
        this.in = in;
        this.cap = cap;
    }

    /** The body is longer than the cap. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong(long cap) {
            super("the body is longer than " + cap + " bytes");
        }
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        return value < 0 ? value : counted(1, value);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        return read < 0 ? read : counted(read, read);
    }

    private int counted(int bytes, int answer) throws TooLong {
        if (seen.addAndGet(bytes) > cap) {
            throw new TooLong(cap);
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
