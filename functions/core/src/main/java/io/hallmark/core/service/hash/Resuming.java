package io.hallmark.core.service.hash;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A range of an object, asked for again from where it was when the answer breaks off: with an exception or, as some
 * connections do, with an end that comes too early. An answer without a byte is the end of the object.
 */
final class Resuming extends InputStream {

    /** How often a range is asked for, the first time included. */
    static final int OPENINGS_MAX = 4;

    private final Blobs blobs;
    private final ObjectVersion object;
    private final long end;
    private final AtomicLong position;
    private final AtomicLong openedAt;
    private final AtomicInteger openings = new AtomicInteger(1);
    private final AtomicReference<InputStream> answer;

    /** Opens the range; fails as {@link Blobs#open(ObjectVersion, long, long)} does. */
    Resuming(Blobs blobs, ObjectVersion object, long offset, long length) throws IOException {
        this.blobs = blobs;
        this.object = object;
        this.end = offset + length;
        this.position = new AtomicLong(offset);
        this.openedAt = new AtomicLong(offset);
        this.answer = new AtomicReference<>(blobs.open(object, offset, length));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position.get() < end) {
            IOException broken;
            try {
                int count = answer.get().read(buffer, offset, (int) Math.min(length, end - position.get()));
                if (count > 0) {
                    position.addAndGet(count);
                    endAnswer();
                    return count;
                }
                if (position.get() == openedAt.get()) {
                    return -1;
                }
                broken = new EOFException("the answer ended " + (end - position.get()) + " bytes early");
            } catch (Blobs.ObjectGone gone) {
                throw gone;
            } catch (IOException failure) {
                broken = failure;
            }
            askAgain(broken);
        }
        return -1;
    }

    /** After the last byte, reads on to the end of the answer: a connection left before it cannot be used again. */
    private void endAnswer() {
        if (position.get() == end) {
            try {
                answer.get().read();
            } catch (IOException allThere) {
                // Every byte that was asked for is here.
            }
        }
    }

    private void askAgain(IOException broken) throws IOException {
        close();
        IOException last = broken;
        while (openings.getAndIncrement() < OPENINGS_MAX) {
            try {
                openedAt.set(position.get());
                answer.set(blobs.open(object, position.get(), end - position.get()));
                return;
            } catch (Blobs.ObjectGone gone) {
                throw gone;
            } catch (IOException again) {
                again.addSuppressed(last);
                last = again;
            }
        }
        throw last;
    }

    /** Says nothing of a failure: what was read was read. */
    @Override
    public void close() {
        try {
            answer.get().close();
        } catch (IOException alreadyBroken) {
            // The store ends the connection in its own time.
        }
    }
}
