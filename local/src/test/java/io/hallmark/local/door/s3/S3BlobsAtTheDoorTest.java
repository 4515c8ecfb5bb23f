package io.hallmark.local.door.s3;

import io.hallmark.aws.S3Blobs;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.BlobsContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The adapter for AWS, spoken to by the door: what holds of S3 there holds here. */
class S3BlobsAtTheDoorTest extends BlobsContract {

    @TempDir
    Path folder;

    private RunningDoor door;
    private S3Presigner presigner;

    @BeforeEach
    void openDoor() {
        door = RunningDoor.open(folder);
        presigner = door.sdkPresigner();
    }

    @AfterEach
    void closeDoor() {
        presigner.close();
        door.close();
    }

    @Override
    protected Blobs blobs() {
        return new S3Blobs(door.client(), presigner, Optional.of("000000000000"));
    }

    @Override
    protected String bucket() {
        return RunningDoor.BUCKET;
    }

    @Override
    protected void deleteLatest(String key) {
        door.client().deleteObject(b -> b.bucket(RunningDoor.BUCKET).key(key));
    }

    @Override
    protected void deleteVersion(ObjectVersion object) {
        door.client()
                .deleteObject(
                        b -> b.bucket(RunningDoor.BUCKET).key(object.key()).versionId(object.versionId()));
    }

    @Override
    protected ObjectVersion putParts(String key, List<byte[]> parts) {
        return SdkUploads.inParts(door.client(), RunningDoor.BUCKET, key, parts);
    }

    @Override
    protected ObjectVersion putChecked(String key, byte[] bytes) {
        return SdkUploads.checked(door.client(), RunningDoor.BUCKET, key, bytes);
    }

    @Override
    protected boolean servesPresigned() {
        return true;
    }
}
