package io.hallmark.local.blobs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A range of an object's bytes, read from its files one after the other; one file is open at a time. */
final class SegmentStream extends InputStream {

    private final ContentFiles content;
    private final Deque<Run> pending = new ArrayDeque<>();
    private final Deque<FileChannel> open = new ArrayDeque<>(1);
    private final AtomicLong left;

    /** What is wanted of one file, to its end. */
    private record Run(String file, long from) {}

    /** Opens the first file, so that a version which is gone is noticed here and not in the middle of an answer. */
    SegmentStream(ContentFiles content, List<Segment> segments, long offset, long length) throws IOException {
        this.content = content;
        this.left = new AtomicLong(length);
        long start = 0;
        for (Segment segment : segments) {
            long end = start + segment.size();
            if (end > offset && start < offset + length) {
                pending.add(new Run(segment.file(), Math.max(0, offset - start)));
            }
            start = end;
        }
        openNext();
    }

    private boolean openNext() throws IOException {
        Run next = pending.poll();
        if (next == null) {
            return false;
        }
        FileChannel file = content.open(next.file());
        open.add(file);
        file.position(next.from());
        return true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int wanted = (int) Math.min(length, left.get());
        while (wanted > 0) {
            FileChannel file = open.peek();
            int read = file == null ? -1 : file.read(ByteBuffer.wrap(buffer, offset, wanted));
            if (read > 0) {
                left.addAndGet(-read);
                return read;
            }
            close();
            if (!openNext()) {
                throw new IOException("the files of this object end " + left.get() + " bytes early");
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file = open.poll(); file != null; file = open.poll()) {
            file.close();
        }
    }
}
