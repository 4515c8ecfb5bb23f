package io.hallmark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.LongConsumer;

/** The bytes of one part in memory, between the one read of the file and the answer of the store. Used again and again. */
final class Leaf {

    private static final int BLOCK_BYTES = 1 << 20;

    private final byte[][] blocks;
    private final long[] filled = new long[1];

    /** Room for that many bytes, taken as it is needed. */
    Leaf(long capacity) {
        this.blocks = new byte[Math.toIntExact((capacity + BLOCK_BYTES - 1) / BLOCK_BYTES)][];
    }

    /**
     * Fills this with the next bytes.
     *
     * @param whole is told all of them
     * @return how many there were, fewer than wanted only at the end
     */
    long fill(InputStream in, long wanted, MessageDigest whole) throws IOException {
        long got = 0;
        for (int i = 0; got < wanted; i++) {
            if (blocks[i] == null) {
                blocks[i] = new byte[BLOCK_BYTES];
            }
            int length = (int) Math.min(BLOCK_BYTES, wanted - got);
            int read = in.readNBytes(blocks[i], 0, length);
            whole.update(blocks[i], 0, read);
            got += read;
            if (read < length) {
                break;
            }
        }
        filled[0] = got;
        return got;
    }

    byte[] sha256() {
        MessageDigest digest = Sha256s.begin();
        for (long at = 0; at < filled[0]; at += BLOCK_BYTES) {
            digest.update(blocks[(int) (at / BLOCK_BYTES)], 0, (int) Math.min(BLOCK_BYTES, filled[0] - at));
        }
        return digest.digest();
    }

    /** These bytes as a body. */
    HttpRequest.BodyPublisher body(LongConsumer sent) {
        Iterable<byte[]> parts = () -> new Blocks(sent);
        return HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArrays(parts), filled[0]);
    }

    private final class Blocks implements Iterator<byte[]> {
        private final LongConsumer sent;
        private final long[] at = new long[1];

        Blocks(LongConsumer sent) {
            this.sent = sent;
        }

        @Override
        public boolean hasNext() {
            return at[0] < filled[0];
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException("all " + filled[0] + " bytes are taken");
            }
            byte[] block = blocks[(int) (at[0] / BLOCK_BYTES)];
            int length = (int) Math.min(BLOCK_BYTES, filled[0] - at[0]);
            at[0] += length;
            sent.accept(length);
            return length == BLOCK_BYTES ? block : Arrays.copyOf(block, length);
        }
    }
}
