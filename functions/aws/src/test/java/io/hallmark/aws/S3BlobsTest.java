package io.hallmark.aws;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.BlobsContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3BlobsTest extends BlobsContract {

    @RegisterExtension
    static final AwsEndpoint AWS = new AwsEndpoint();

    private static S3Client client;
    private static S3Presigner presigner;
    private static String bucket;

    @BeforeAll
    static void connect() {
        client = AWS.clients().s3();
        presigner = AWS.clients().s3Presigner();
        bucket = AWS.uniqueName("hallmark");
        client.createBucket(b -> b.bucket(bucket));
        client.putBucketVersioning(
                b -> b.bucket(bucket).versioningConfiguration(versioning -> versioning.status("Enabled")));
    }

    @AfterAll
    static void disconnect() {
        client.close();
        presigner.close();
    }

    @Override
    protected Blobs blobs() {
        return new S3Blobs(client, presigner, Optional.empty());
    }

    @Override
    protected String bucket() {
        return bucket;
    }

    @Override
    protected void deleteLatest(String key) {
        client.deleteObject(b -> b.bucket(bucket).key(key));
    }

    @Override
    protected void deleteVersion(ObjectVersion object) {
        client.deleteObject(b -> b.bucket(bucket).key(object.key()).versionId(object.versionId()));
    }

    @Override
    protected ObjectVersion putParts(String key, List<byte[]> parts) {
        return SdkUploads.inParts(client, bucket, key, parts);
    }

    @Override
    protected ObjectVersion putChecked(String key, byte[] bytes) {
        return SdkUploads.checked(client, bucket, key, bytes);
    }

    /** The peer forgets the checksum of an object, and dates its attributes in a form that the SDK does not read. */
    @Override
    protected boolean tellsChecksums() {
        return AWS.peer() != AwsEndpoint.Peer.MOTO;
    }

    @Override
    protected boolean servesPresigned() {
        return true;
    }
}
