package io.hallmark.core.service.hash;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A store of one object that only reads ranges, remembers which, and answers as it was told. */
final class Ranges implements Blobs {

    private final AtomicReference<byte[]> bytes;
    private final Map<Long, Answer> once = new ConcurrentHashMap<>();
    private final Map<Long, Answer> always = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    Ranges(byte[] bytes) {
        this.bytes = new AtomicReference<>(bytes);
    }

    /** What comes instead of the bytes. */
    interface Answer {
        InputStream to(long offset, long length) throws IOException;
    }

    void serve(byte[] others) {
        bytes.set(others);
    }

    void on(long offset, Answer answer) {
        once.put(offset, answer);
    }

    void always(long offset, Answer answer) {
        always.put(offset, answer);
    }

    /** The ranges, as offset+length, in the order in which they were asked for. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    void awaitAsked(int count) throws InterruptedException {
        while (asked.size() < count) {
            Thread.sleep(1);
        }
    }

    /** Answers that were given and not closed. */
    int open() {
        return open.get();
    }

    /** Some bytes, and then a broken connection. */
    static InputStream breaking(byte[] bytes, long offset, int count) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes, (int) offset, count), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset at " + (offset + count));
            }
        });
    }

    @Override
    public InputStream open(ObjectVersion object, long offset, long length) throws IOException {
        asked.add(offset + "+" + length);
        Answer answer = once.containsKey(offset) ? once.remove(offset) : always.getOrDefault(offset, this::range);
        InputStream in = answer.to(offset, length);
        open.incrementAndGet();
        AtomicBoolean closed = new AtomicBoolean();
        return new FilterInputStream(in) {
            @Override
            public void close() throws IOException {
                if (closed.compareAndSet(false, true)) {
                    open.decrementAndGet();
                }
                super.close();
            }
        };
    }

    private InputStream range(long offset, long length) {
        byte[] all = bytes.get();
        int from = (int) Math.min(offset, all.length);
        return new ByteArrayInputStream(all, from, (int) Math.min(length, all.length - from));
    }

    @Override
    public InputStream open(ObjectVersion object, long offset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Head> head(ObjectVersion object) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Head> headLatest(String bucket, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PartPage parts(ObjectVersion object, int after) {
        return new PartPage(List.of(), Optional.empty());
    }

    @Override
    public PutResult put(String bucket, String key, byte[] put, Map<String, String> metadata, PutCondition condition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public VersionPage listVersions(String bucket, String prefix, int limit, Optional<String> after) {
        throw new UnsupportedOperationException();
    }

    @Override
    public URI presignGet(ObjectVersion object, Duration expiresIn) {
        throw new UnsupportedOperationException();
    }

    @Override
    public URI presignPut(String bucket, String key, Duration expiresIn) {
        throw new UnsupportedOperationException();
    }
}
