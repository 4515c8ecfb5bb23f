package io.hallmark.aws;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs.Head;
import io.hallmark.core.store.Blobs.PutResult;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** S3's answers in the words of the port. */
final class S3Heads {

    private static final int SHA256_BYTES = 32;

    private S3Heads() {}

    static Head of(String bucket, String key, HeadObjectResponse answer) {
        return new Head(
                version(bucket, key, answer.versionId()),
                answer.contentLength(),
                unquoted(answer.eTag()),
                sha256(answer.checksumSHA256()),
                answer.lastModified(),
                answer.metadata());
    }

    static Head listed(String bucket, software.amazon.awssdk.services.s3.model.ObjectVersion version) {
        return new Head(
                version(bucket, version.key(), version.versionId()),
                version.size(),
                unquoted(version.eTag()),
                Optional.empty(),
                version.lastModified(),
                Map.of());
    }

    static PutResult stored(String bucket, String key, PutObjectResponse answer) {
        return new PutResult.Stored(version(bucket, key, answer.versionId()), unquoted(answer.eTag()));
    }

    private static ObjectVersion version(String bucket, String key, @Nullable String versionId) {
        if (versionId == null) {
            throw new IllegalStateException("the bucket " + bucket + " is not versioned; switch versioning on");
        }
        return new ObjectVersion(bucket, key, versionId);
    }

    /** The SHA-256 of the whole; that of a multipart upload is one of its parts' values and ends in their number. */
    private static Optional<String> sha256(@Nullable String value) {
        if (value == null || value.contains("-")) {
            return Optional.empty();
        }
        byte[] bytes = Base64.getDecoder().decode(value);
        return bytes.length == SHA256_BYTES ? Optional.of(HexFormat.of().formatHex(bytes)) : Optional.empty();
    }

    private static String unquoted(String etag) {
        return etag.replace("\"", "");
    }
}
