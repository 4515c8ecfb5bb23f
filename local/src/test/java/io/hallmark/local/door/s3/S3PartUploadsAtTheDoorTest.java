package io.hallmark.local.door.s3;

import io.hallmark.aws.S3Blobs;
import io.hallmark.aws.S3PartUploads;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.PartUploads;
import io.hallmark.core.store.PartUploadsContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The adapter for AWS, spoken to by the door: what holds of S3 there holds here. */
class S3PartUploadsAtTheDoorTest extends PartUploadsContract {

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
    protected PartUploads uploads() {
        return new S3PartUploads(door.client(), () -> presigner, Optional.of("000000000000"));
    }

    @Override
    protected Blobs blobs() {
        return new S3Blobs(door.client(), () -> presigner, Optional.of("000000000000"));
    }

    @Override
    protected String bucket() {
        return RunningDoor.BUCKET;
    }
}
