package io.hallmark.core.service.hash;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.BlobLimits;
import io.hallmark.core.store.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads a range of an object over several connections at once and gives its bytes in order, so that the digest behind it is
 * fed as fast as the link allows. Holds no more than slots × part in memory, whatever the length.
 */
public final class Prefetch {

    private Prefetch() {}

    /**
     * How much is read ahead.
     *
     * @param slots parts in memory at once
     * @param partBytes of one ranged read; 8 to 16 MiB suit S3 (its user guide, "Performance design patterns")
     * @param connections ranged reads at once; twice as many slots let the next ones begin while a part is digested
     */
    public record Settings(int slots, int partBytes, int connections) {

        /** The most memory a reader may take, in bytes. */
        public static final long RING_BYTES_MAX = 256L << 20;

        private static final Settings STANDARD = new Settings(8, 8 << 20, 4);

        public Settings {
            if (slots < 1 || partBytes < 1 || (long) slots * partBytes > RING_BYTES_MAX) {
                throw new IllegalArgumentException(slots + " slots of " + partBytes
                        + " bytes; at least one of one byte, and " + RING_BYTES_MAX + " bytes are the most");
            }
            if (connections < 1 || connections > slots) {
                throw new IllegalArgumentException(
                        connections + " connections for " + slots + " slots; 1 to one per slot");
            }
        }

        /** 64 MiB over 4 connections: more than a Lambda function gets from S3. */
        public static Settings standard() {
            return STANDARD;
        }

        /** These settings, without slots and connections for which there are no bytes. */
        Settings fitting(long length) {
            int wanted = (int) Math.min(slots, (length - 1) / partBytes + 1);
            return new Settings(wanted, partBytes, Math.min(connections, wanted));
        }
    }

    /**
     * The bytes of a range, as {@link Blobs#open(ObjectVersion, long, long)} gives them and with its failures. A connection
     * that breaks off is taken up where it was, three times per part. A range of one part is read by the caller's own
     * thread. Otherwise threads read ahead until the stream is closed: they are interrupted then, and one that waits for the
     * store ends at the latest when the store's own time limit does.
     *
     * <p>{@link InputStream#transferTo} hands the bytes on without copying them; its target must not keep the array.
     */
    public static InputStream open(Blobs blobs, ObjectVersion object, long offset, long length, Settings settings)
            throws IOException {
        BlobLimits.requireRange(offset, length);
        if (length <= settings.partBytes) {
            return new Resuming(blobs, object, offset, length);
        }
        Settings fitting = settings.fitting(length);
        Ordered stream = new Ordered(
                new Ring(length, fitting.partBytes, fitting.slots), blobs, object, offset, fitting.connections);
        boolean opened = false;
        try {
            stream.start();
            opened = true;
            return stream;
        } finally {
            if (!opened) {
                stream.close();
            }
        }
    }

    /** The reading end of a ring, with the threads at its other end. */
    private static final class Ordered extends InputStream {

        private final Ring ring;
        private final Blobs blobs;
        private final ObjectVersion object;
        private final long offset;
        private final List<Thread> fetchers;

        Ordered(Ring ring, Blobs blobs, ObjectVersion object, long offset, int connections) {
            this.ring = ring;
            this.blobs = blobs;
            this.object = object;
            this.offset = offset;
            this.fetchers = IntStream.rangeClosed(1, connections)
                    .mapToObj(number -> new Thread(this::fetch, "prefetch-" + number))
                    .toList();
        }

        /** Starts, and waits for the first bytes, so that an object that is gone is noticed here. */
        void start() throws IOException {
            for (Thread fetcher : fetchers) {
                fetcher.setDaemon(true);
                fetcher.start();
            }
            ring.await();
        }

        private void fetch() {
            try {
                long part = ring.claim();
                while (part >= 0 && fetch(part)) {
                    part = ring.claim();
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean fetch(long part) {
            try (Resuming in = new Resuming(blobs, object, offset + ring.offset(part), ring.bytes(part))) {
                return ring.fill(part, in);
            } catch (IOException | RuntimeException | Error failure) {
                ring.fail(part, failure);
                return false;
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int at, int wanted) throws IOException {
            if (wanted == 0) {
                return 0;
            }
            int count = Math.min(wanted, ring.await());
            if (count == 0) {
                return -1;
            }
            System.arraycopy(ring.piece(), ring.position(), buffer, at, count);
            ring.advance(count);
            return count;
        }

        @Override
        public long transferTo(OutputStream out) throws IOException {
            long sum = 0;
            for (int count = ring.await(); count > 0; count = ring.await()) {
                out.write(ring.piece(), ring.position(), count);
                ring.advance(count);
                sum += count;
            }
            return sum;
        }

        @Override
        public void close() {
            ring.close();
            fetchers.forEach(Thread::interrupt);
        }
    }
}
