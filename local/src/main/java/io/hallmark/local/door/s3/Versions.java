package io.hallmark.local.door.s3;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.blobs.StoredVersion;
import java.util.Optional;

/** Finds the version that a request means, or says why there is none. */
final class Versions {

    private Versions() {}

    static StoredVersion wanted(ObjectStore store, S3Request request) throws S3Error {
        return wanted(store, request.bucket(), request.key(), request.parameter("versionId"));
    }

    static StoredVersion wanted(ObjectStore store, String bucket, String key, Optional<String> versionId)
            throws S3Error {
        if (versionId.isEmpty()) {
            return newest(store, bucket, key);
        }
        if (versionId.get().isEmpty()) {
            throw S3Error.invalidArgument("Version id cannot be the empty string", "versionId", "");
        }
        StoredVersion version = store.version(new ObjectVersion(bucket, key, versionId.get()))
                .orElseThrow(() -> new S3Error(ErrorCode.NO_SUCH_VERSION, "The specified version does not exist.")
                        .with("Key", key)
                        .with("VersionId", versionId.get()));
        if (version.marker()) {
            throw new S3Error(
                            ErrorCode.METHOD_NOT_ALLOWED, "The specified method is not allowed against this resource.")
                    .with("ResourceType", "DeleteMarker")
                    .withHeader("Allow", "DELETE")
                    .withHeader("x-amz-delete-marker", "true")
                    .withHeader("x-amz-version-id", version.object().versionId());
        }
        return version;
    }

    private static StoredVersion newest(ObjectStore store, String bucket, String key) throws S3Error {
        StoredVersion newest = store.newest(bucket, key).orElseThrow(() -> S3Error.noSuchKey(key));
        if (newest.marker()) {
            throw S3Error.noSuchKey(key)
                    .withHeader("x-amz-delete-marker", "true")
                    .withHeader("x-amz-version-id", newest.object().versionId());
        }
        return newest;
    }
}
