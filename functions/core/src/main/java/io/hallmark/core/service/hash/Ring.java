package io.hallmark.core.service.hash;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a range on their way from those who fetch them to the one who reads them in order. Part n is in slot n modulo
 * the number of slots, from when it is claimed until it is read, so no more than the slots are held whatever the length.
 * The reader follows a part while it still arrives.
 */
final class Ring {

    /** So often the reader hears of what has arrived: often enough to keep up, too rarely to be woken for nothing. */
    private static final int PUBLISH_BYTES = 256 * 1024;

    private static final long NONE = -1;

    private final long length;
    private final int partBytes;
    private final long parts;
    private final byte[][] buffers;

    // All below is guarded by the lock, but for the content of the buffers, which it only publishes.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition freed = lock.newCondition();
    private final int[] filled;
    private final boolean[] ended;
    private final Map<Long, Throwable> failures = new HashMap<>();
    private final AtomicLong claimed = new AtomicLong();
    private final AtomicLong head = new AtomicLong();
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    Ring(long length, int partBytes, int slots) {
        this.length = length;
        this.partBytes = partBytes;
        this.parts = (length - 1) / partBytes + 1;
        this.buffers = new byte[slots][];
        this.filled = new int[slots];
        this.ended = new boolean[slots];
    }

    private int slot(long part) {
        return (int) (part % buffers.length);
    }

    /** Where a part begins in the range. */
    long offset(long part) {
        return part * partBytes;
    }

    /** The bytes of a part; the last one may be shorter than the others. */
    int bytes(long part) {
        return (int) Math.min(partBytes, length - offset(part));
    }

    /** The next part to fetch, once there is a slot for it; negative when there is nothing more to do. */
    long claim() throws InterruptedException {
        lock.lock();
        try {
            while (wanted() && claimed.get() >= head.get() + buffers.length) {
                freed.await();
            }
            return wanted() ? claimed.getAndIncrement() : NONE;
        } finally {
            lock.unlock();
        }
    }

    private boolean wanted() {
        return !closed.get() && failures.isEmpty() && claimed.get() < parts;
    }

    /** Takes the bytes of a claimed part; false if nobody wants them any more. */
    boolean fill(long part, InputStream in) throws IOException {
        byte[] buffer = buffer(part);
        int wanted = bytes(part);
        int count = 0;
        boolean more = true;
        while (more) {
            int step = Math.min(PUBLISH_BYTES, wanted - count);
            int got = in.readNBytes(buffer, count, step);
            count += got;
            more = got == step && count < wanted;
            if (!publish(part, count, !more)) {
                return false;
            }
        }
        return true;
    }

    /** Slots are made when they are first needed; a slot belongs to one fetcher at a time, and the lock hands it on. */
    private byte[] buffer(long part) {
        int slot = slot(part);
        if (buffers[slot] == null) {
            buffers[slot] = new byte[(int) Math.min(partBytes, length)];
        }
        return buffers[slot];
    }

    private boolean publish(long part, int count, boolean last) {
        lock.lock();
        try {
            filled[slot(part)] = count;
            ended[slot(part)] = last;
            if (part == head.get()) {
                arrived.signal();
            }
            return !closed.get();
        } finally {
            lock.unlock();
        }
    }

    /** A claimed part will not come; the reader gets the failure where the bytes would be. Nothing more is claimed. */
    void fail(long part, Throwable failure) {
        lock.lock();
        try {
            failures.put(part, failure);
            arrived.signal();
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is wanted any more. */
    void close() {
        lock.lock();
        try {
            closed.set(true);
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for bytes behind those that were read: how many there are in one piece, from {@link #position} of
     * {@link #piece} on; 0 at the end.
     *
     * @throws IOException what kept the next bytes from coming, as may be any unchecked failure
     */
    int await() throws IOException {
        lock.lock();
        try {
            while (head.get() < parts) {
                int slot = slot(head.get());
                if (closed.get()) {
                    throw new IOException("this stream was closed");
                }
                if (filled[slot] > read.get()) {
                    return filled[slot] - read.get();
                }
                if (ended[slot]) {
                    leavePart();
                } else {
                    rethrow(failures.get(head.get()));
                    arrived.await();
                }
            }
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException)
                    new InterruptedIOException("interrupted while waiting for bytes").initCause(interrupted);
        } finally {
            lock.unlock();
        }
    }

    /** The slot that is being read. */
    byte[] piece() {
        return buffers[slot(head.get())];
    }

    /** Where in the slot the next byte to read is. */
    int position() {
        return read.get();
    }

    /** These bytes were read; a slot that was read to its end is free. */
    void advance(int count) {
        lock.lock();
        try {
            int slot = slot(head.get());
            if (read.addAndGet(count) == filled[slot] && ended[slot]) {
                leavePart();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A part that is shorter than it was to be is the last one: the object ends there. */
    private void leavePart() {
        int slot = slot(head.get());
        head.set(filled[slot] < bytes(head.get()) ? parts : head.get() + 1);
        read.set(0);
        filled[slot] = 0;
        ended[slot] = false;
        if (head.get() == parts) {
            closed.set(true);
        }
        freed.signalAll();
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException {
        if (failure instanceof IOException broken) {
            throw broken;
        }
        if (failure instanceof RuntimeException refused) {
            throw refused;
        }
        if (failure instanceof Error fatal) {
            throw fatal;
        }
    }
}
