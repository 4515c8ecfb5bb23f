package io.hallmark.core.memory;

import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.PartUploads;
import io.hallmark.core.store.PartUploadsContract;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

class MemoryPartUploadsTest extends PartUploadsContract {

    private final MemoryBlobs blobs =
            new MemoryBlobs(InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z")), Set.of("hallmark"));
    private final MemoryPartUploads uploads = new MemoryPartUploads(blobs);

    @Override
    protected PartUploads uploads() {
        return uploads;
    }

    @Override
    protected Blobs blobs() {
        return blobs;
    }

    @Override
    protected String bucket() {
        return "hallmark";
    }

    @Override
    protected int send(URI address, Map<String, String> headers, byte[] bytes) {
        return uploads.receive(address, headers, bytes);
    }
}
