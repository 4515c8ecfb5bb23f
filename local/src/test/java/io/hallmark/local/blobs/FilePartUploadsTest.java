package io.hallmark.local.blobs;

import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.PartUploads;
import io.hallmark.core.store.PartUploadsContract;
import io.hallmark.local.door.LoopbackServer;
import io.hallmark.local.door.s3.S3Door;
import io.hallmark.local.sigv4.AccessKey;
import io.hallmark.local.sigv4.Presigner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FilePartUploadsTest extends PartUploadsContract {

    @TempDir
    Path folder;

    private ObjectStore store;
    private FileBlobs files;
    private FilePartUploads uploads;
    private LoopbackServer door;

    @BeforeEach
    void openStore() throws IOException {
        ObjectStore.Settings settings = new ObjectStore.Settings("us-east-1", Map.of(), 5);
        store = ObjectStore.open(folder, settings, InstantSource.system(), new Random(1));
        store.createBucket("hallmark");
        AccessKey accessKey = new AccessKey("key", "secret");
        door = new S3Door(store, accessKey, "us-east-1", InstantSource.system(), new Random(2)).start(0);
        Presigner presigner = new Presigner(accessKey, door.address(), "us-east-1", InstantSource.system());
        files = new FileBlobs(store, presigner);
        uploads = new FilePartUploads(store, presigner);
    }

    @AfterEach
    void closeStore() throws IOException {
        door.close();
        store.close();
    }

    @Override
    protected PartUploads uploads() {
        return uploads;
    }

    @Override
    protected Blobs blobs() {
        return files;
    }

    @Override
    protected String bucket() {
        return "hallmark";
    }
}
