package io.hallmark.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.BlobsContract;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
    protected ObjectVersion putParts(String key, List<byte[]> parts) {
        return memory.putParts("hallmark", key, parts, Map.of());
    }

    @Override
    protected ObjectVersion putChecked(String key, byte[] bytes) {
        return memory.putChecked("hallmark", key, bytes, Map.of());
    }

    @Test
    void partsComeInPagesOfAThousand() throws IOException {
        List<byte[]> parts =
                IntStream.range(0, 1001).mapToObj(i -> new byte[] {(byte) i}).toList();
        ObjectVersion object = memory.putParts("hallmark", "many", parts, Map.of());
        Blobs.PartPage page = memory.parts(object, 0);
        assertThat(page.parts()).hasSize(1000);
        assertThat(page.next()).contains(1000);
        assertThat(memory.parts(object, 1000).parts())
                .extracting(Blobs.Part::number)
                .containsExactly(1001);
    }

    @Override
    protected boolean servesPresigned() {
        return false;
    }
}
