package io.hallmark.handlers.intake;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Blobs between whose calls things happen. */
record FaultyBlobs(Blobs blobs, Faults faults) implements Blobs {

    @Override
    public Optional<Head> head(ObjectVersion object) {
        faults.before();
        return blobs.head(object);
    }

    @Override
    public Optional<Head> headLatest(String bucket, String key) {
        faults.before();
        return blobs.headLatest(bucket, key);
    }

    @Override
    public PartPage parts(ObjectVersion object, int after) throws ObjectGone {
        faults.before();
        return blobs.parts(object, after);
    }

    @Override
    public InputStream open(ObjectVersion object, long offset) throws IOException {
        faults.before();
        return blobs.open(object, offset);
    }

    @Override
    public InputStream open(ObjectVersion object, long offset, long length) throws IOException {
        faults.before();
        return blobs.open(object, offset, length);
    }

    @Override
    public PutResult put(
            String bucket, String key, byte[] bytes, Map<String, String> metadata, PutCondition condition) {
        faults.before();
        PutResult result = blobs.put(bucket, key, bytes, metadata, condition);
        faults.after();
        return result;
    }

    @Override
    public VersionPage listVersions(String bucket, String prefix, int limit, Optional<String> after) {
        faults.before();
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
