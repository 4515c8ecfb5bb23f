package io.hallmark.local.blobs;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Blobs.PutCondition;
import io.hallmark.core.store.BlobsContract;
import io.hallmark.local.checksum.Checksum;
import io.hallmark.local.checksum.ChecksumAlgorithm;
import io.hallmark.local.door.LoopbackServer;
import io.hallmark.local.door.s3.S3Door;
import io.hallmark.local.sigv4.AccessKey;
import io.hallmark.local.sigv4.Presigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileBlobsTest extends BlobsContract {

    private static final Origin USER = new Origin("user", "127.0.0.1", "request");

    @TempDir
    Path folder;

    private ObjectStore store;
    private FileBlobs files;
    private LoopbackServer door;

    @BeforeEach
    void openStore() throws IOException {
        ObjectStore.Settings settings = new ObjectStore.Settings("us-east-1", Map.of(), 5);
        store = ObjectStore.open(folder, settings, InstantSource.system(), new Random(1));
        store.createBucket("hallmark");
        AccessKey accessKey = new AccessKey("key", "secret");
        door = new S3Door(store, accessKey, "us-east-1", InstantSource.system(), new Random(2)).start(0);
        files = new FileBlobs(store, new Presigner(accessKey, door.address(), "us-east-1", InstantSource.system()));
    }

    @AfterEach
    void closeStore() throws IOException {
        door.close();
        store.close();
    }

    @Override
    protected Blobs blobs() {
        return files;
    }

    @Override
    protected String bucket() {
        return "hallmark";
    }

    @Override
    protected void deleteLatest(String key) {
        store.delete("hallmark", key, USER);
    }

    @Override
    protected void deleteVersion(ObjectVersion object) {
        store.erase(object, USER);
    }

    @Override
    protected ObjectVersion putParts(String key, List<byte[]> contents) {
        Uploads.Protection protection = new Uploads.Protection(ChecksumAlgorithm.SHA256, Checksum.Type.COMPOSITE);
        Uploads.Upload upload = store.uploads().create("hallmark", key, Attributes.NONE, Optional.of(protection));
        List<Uploads.Part> parts = new ArrayList<>();
        for (byte[] content : contents) {
            try (Received received = received(content)) {
                parts.add(store.uploads()
                        .add(upload.id(), parts.size() + 1, received)
                        .orElseThrow());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        Checksum whole = Checksum.ofParts(
                ChecksumAlgorithm.SHA256,
                Checksum.Type.COMPOSITE,
                parts.stream()
                        .map(part -> new Checksum.Part(part.checksum().orElseThrow(), part.size()))
                        .toList());
        return stored(store.uploads()
                .complete(upload, parts, "etag", Optional.of(whole), PutCondition.none(), USER)
                .orElseThrow());
    }

    @Override
    protected ObjectVersion putChecked(String key, byte[] bytes) {
        try (Received received = received(bytes)) {
            return stored(
                    store.put("hallmark", key, received, Attributes.NONE, PutCondition.none(), ObjectEvent.PUT, USER));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Received received(byte[] bytes) throws IOException {
        return store.receive(new ByteArrayInputStream(bytes), bytes.length, Optional.of(ChecksumAlgorithm.SHA256));
    }

    private static ObjectVersion stored(WriteResult result) {
        return ((WriteResult.Stored) result).version().object();
    }

    @Override
    protected boolean servesPresigned() {
        return true;
    }
}
