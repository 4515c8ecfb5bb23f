package io.hallmark.core.service.hash;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A range of an object, read ahead, piece by piece. */
final class Bytes implements AutoCloseable {

    /** A multiple of the 64 bytes between which a digest can stop. */
    private static final int PIECE_BYTES = 256 * 1024;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final InputStream in;
    private final byte[] piece = new byte[PIECE_BYTES];

    private Bytes(InputStream in) {
        this.in = in;
    }

    /** What is done with a piece. */
    interface Use {
        void piece(byte[] bytes, int length);
    }

    static Bytes open(Blobs blobs, ObjectVersion object, long offset, long length) throws Blobs.ObjectGone {
        try {
            return new Bytes(Prefetch.open(blobs, object, offset, length, Prefetch.Settings.standard()));
        } catch (Blobs.ObjectGone gone) {
            throw gone;
        } catch (IOException broken) {
            throw new RegistryFailure.Unavailable("the object could not be read", RETRY_AFTER, broken);
        }
    }

    /**
     * Hands on the next piece, all of it but at the end of the range.
     *
     * @param left bytes of the range that are to come; more than none
     * @return how many were read
     */
    int next(long left, Use use) throws Blobs.ObjectGone {
        int wanted = (int) Math.min(PIECE_BYTES, left);
        try {
            int read = in.readNBytes(piece, 0, wanted);
            if (read < wanted) {
                throw new RegistryFailure.Unavailable(
                        "the object ended " + (left - read) + " bytes before its end", RETRY_AFTER);
            }
            use.piece(piece, read);
            return read;
        } catch (Blobs.ObjectGone gone) {
            throw gone;
        } catch (IOException broken) {
            throw new RegistryFailure.Unavailable("the object broke off", RETRY_AFTER, broken);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException ended) {
            // Whatever was wanted has been read.
            return;
        }
    }
}
