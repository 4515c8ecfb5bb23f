package io.hallmark.local.door.s3;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.model.ObjectVersion;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Uploads of a client that sends SHA-256 along. */
final class SdkUploads {

    private SdkUploads() {}

    static ObjectVersion checked(S3Client client, String bucket, String key, byte[] bytes) {
        String version = client.putObject(
                        b -> b.bucket(bucket).key(key).checksumSHA256(base64(bytes)), RequestBody.fromBytes(bytes))
                .versionId();
        return new ObjectVersion(bucket, key, version);
    }

    static ObjectVersion inParts(S3Client client, String bucket, String key, List<byte[]> parts) {
        String id = client.createMultipartUpload(
                        b -> b.bucket(bucket).key(key).checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
        List<CompletedPart> completed = new ArrayList<>();
        for (byte[] part : parts) {
            int number = completed.size() + 1;
            String etag = client.uploadPart(
                            b -> b.bucket(bucket)
                                    .key(key)
                                    .uploadId(id)
                                    .partNumber(number)
                                    .checksumSHA256(base64(part)),
                            RequestBody.fromBytes(part))
                    .eTag();
            completed.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(etag)
                    .checksumSHA256(base64(part))
                    .build());
        }
        String version = client.completeMultipartUpload(
                        b -> b.bucket(bucket).key(key).uploadId(id).multipartUpload(upload -> upload.parts(completed)))
                .versionId();
        return new ObjectVersion(bucket, key, version);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(Hashing.bytes(Hashing.sha256(bytes)));
    }
}
