package io.hallmark.handlers.intake;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts calls and bytes read; and knows objects that exist as nothing but their heads. */
public final class CountingBlobs implements Blobs {

    public final AtomicLong calls = new AtomicLong();
    public final AtomicLong bytesRead = new AtomicLong();

    private final Blobs blobs;
    private final Map<ObjectVersion, HeadOnly> heads = new HashMap<>();

    CountingBlobs(Blobs blobs) {
        this.blobs = blobs;
    }

    /** An object of which the store tells the head and the parts, and has no bytes. */
    record HeadOnly(Head head, java.util.List<Part> parts) {}

    void add(HeadOnly object) {
        heads.put(object.head().object(), object);
    }

    @Override
    public Optional<Head> head(ObjectVersion object) {
        calls.incrementAndGet();
        HeadOnly only = heads.get(object);
        return only == null ? blobs.head(object) : Optional.of(only.head());
    }

    @Override
    public Optional<Head> headLatest(String bucket, String key) {
        calls.incrementAndGet();
        return blobs.headLatest(bucket, key);
    }

    @Override
    public PartPage parts(ObjectVersion object, int after) throws ObjectGone {
        calls.incrementAndGet();
        HeadOnly only = heads.get(object);
        if (only == null) {
            return blobs.parts(object, after);
        }
        int end = Math.min(only.parts().size(), after + 1000);
        return new PartPage(
                only.parts().subList(after, end), end < only.parts().size() ? Optional.of(end) : Optional.empty());
    }

    @Override
    public InputStream open(ObjectVersion object, long offset) throws IOException {
        return counting(blobs.open(object, offset));
    }

    @Override
    public InputStream open(ObjectVersion object, long offset, long length) throws IOException {
        return counting(blobs.open(object, offset, length));
    }

    private InputStream counting(InputStream in) {
        calls.incrementAndGet();
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                bytesRead.addAndGet(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                int count = super.read(buffer, from, length);
                bytesRead.addAndGet(Math.max(0, count));
                return count;
            }
        };
    }

    @Override
    public PutResult put(
            String bucket, String key, byte[] bytes, Map<String, String> metadata, PutCondition condition) {
        calls.incrementAndGet();
        return blobs.put(bucket, key, bytes, metadata, condition);
    }

    @Override
    public VersionPage listVersions(String bucket, String prefix, int limit, Optional<String> after) {
        calls.incrementAndGet();
        return blobs.listVersions(bucket, prefix, limit, after);
    }

    @Override
    public URI presignGet(ObjectVersion object, Duration expiresIn) {
        return blobs.presignGet(object, expiresIn);
    }

    @Override
    public URI presignPut(String bucket, String key, Duration expiresIn) {
        return blobs.presignPut(bucket, key, expiresIn);
    }
}
