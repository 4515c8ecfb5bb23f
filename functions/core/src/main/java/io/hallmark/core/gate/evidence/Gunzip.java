package io.hallmark.core.gate.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952), all members of it, and refuses whatever is not: a file that breaks off, a checksum that does not
 * fit, bytes after the end. The JDK's stream passes over bytes after the end.
 */
final class Gunzip extends InputStream {

    private static final int INPUT_BYTES = 64 * 1024;
    private static final int FIRST = 0x1f;
    private static final int SECOND = 0x8b;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;
    private static final int TIME_AND_SYSTEM_BYTES = 6;
    private static final int BYTE = 0xff;
    private static final long WORD = 0xffff_ffffL;
    private static final String BROKEN = "the gzip data are damaged";

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final ByteBuffer input = ByteBuffer.allocate(INPUT_BYTES).limit(0);
    private final boolean[] inMember = new boolean[1];

    Gunzip(InputStream in) {
        this.in = in;
    }

    /** Whether these first bytes of a file say that it is gzip. */
    static boolean starts(byte[] first) {
        return first.length >= 2 && (first[0] & BYTE) == FIRST && (first[1] & BYTE) == SECOND;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & BYTE;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            if (!inMember[0] && !begin()) {
                return -1;
            }
            int count = inflate(buffer, offset, length);
            if (count > 0) {
                checksum.update(buffer, offset, count);
                return count;
            }
            if (inflater.finished()) {
                end();
            } else if (inflater.needsDictionary()) {
                throw damaged();
            } else {
                fill();
            }
        }
    }

    private int inflate(byte[] buffer, int offset, int length) throws IOException {
        try {
            if (inflater.needsInput()) {
                if (!input.hasRemaining()) {
                    fill();
                }
                inflater.setInput(input);
            }
            return inflater.inflate(buffer, offset, length);
        } catch (DataFormatException broken) {
            throw damaged();
        }
    }

    /** Reads the header of the next member; false at the end of the file. */
    private boolean begin() throws IOException {
        if (!input.hasRemaining() && !more()) {
            return false;
        }
        if (octet() != FIRST || octet() != SECOND || octet() != DEFLATE) {
            throw new Refusal(Refusal.FORMAT, "there are other bytes after the end of the gzip data");
        }
        int flags = octet();
        if ((flags & RESERVED) != 0) {
            throw damaged();
        }
        skip(TIME_AND_SYSTEM_BYTES);
        if ((flags & EXTRA) != 0) {
            skip(octet() | octet() << Byte.SIZE);
        }
        for (int text : new int[] {NAME, COMMENT}) {
            boolean more = (flags & text) != 0;
            while (more) {
                more = octet() != 0;
            }
        }
        skip((flags & HEADER_CHECKSUM) == 0 ? 0 : 2);
        inflater.reset();
        checksum.reset();
        inMember[0] = true;
        return true;
    }

    private void end() throws IOException {
        long size = inflater.getBytesWritten();
        if (word() != checksum.getValue() || word() != (size & WORD)) {
            throw damaged();
        }
        inMember[0] = false;
    }

    private long word() throws IOException {
        long value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value |= (long) octet() << (i * Byte.SIZE);
        }
        return value;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            octet();
        }
    }

    private int octet() throws IOException {
        if (!input.hasRemaining()) {
            fill();
        }
        return input.get() & BYTE;
    }

    private void fill() throws IOException {
        if (!more()) {
            throw new Refusal(Refusal.FORMAT, "the gzip data break off before their end");
        }
    }

    private boolean more() throws IOException {
        int count = in.read(input.array());
        input.position(0).limit(Math.max(0, count));
        return count > 0;
    }

    private static Refusal damaged() {
        return new Refusal(Refusal.FORMAT, BROKEN);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
