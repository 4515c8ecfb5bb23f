package io.hallmark.core.memory;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.BlobsContract;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

class MemoryBlobsTest extends BlobsContract {

    private final MemoryBlobs memory =
            new MemoryBlobs(InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z")), Set.of("hallmark"));

    @Override
    protected Blobs blobs() {
        return memory;
    }

    @Override
    protected String bucket() {
        return "hallmark";
    }

    @Override
    protected void deleteLatest(String key) {
        memory.delete("hallmark", key);
    }

    @Override
    protected void deleteVersion(ObjectVersion object) {
        memory.erase(object);
    }

    @Override
    protected boolean servesPresigned() {
        return false;
    }
}
