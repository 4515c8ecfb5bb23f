package io.hallmark.local.door.s3;

import io.hallmark.core.store.BlobLimits;
import io.hallmark.local.blobs.Attributes;
import io.hallmark.local.blobs.ObjectEvent;
import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.blobs.Origin;
import io.hallmark.local.blobs.Received;
import io.hallmark.local.blobs.StoredVersion;
import io.hallmark.local.blobs.WriteResult;
import io.hallmark.local.checksum.Checksum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** PutObject, and what all writes of objects share. */
final class WriteOperations {

    /** Of one PUT, one part, one copy ("Amazon S3 multipart upload limits"). */
    static final long PUT_BYTES_MAX = 5L * 1024 * 1024 * 1024;

    private final ObjectStore store;

    WriteOperations(ObjectStore store) {
        this.store = store;
    }

    Reply put(S3Request request, Body body, Origin origin) throws IOException {
        requireKey(request.key());
        ExpectedChecksum expected = ExpectedChecksum.of(request);
        Attributes attributes = Given.attributes(request);
        var condition = Conditions.ofWrite(request);
        try (Received received = receive(store, body, expected)) {
            WriteResult result = store.put(
                    request.bucket(), request.key(), received, attributes, condition, ObjectEvent.PUT, origin);
            StoredVersion version = stored(request, result);
            return Reply.empty(Reply.OK).with(writtenHeaders(version));
        }
    }

    /** Takes a body in and checks it against what the client said about it. */
    static Received receive(ObjectStore store, Body body, ExpectedChecksum expected) throws IOException {
        requireSize(body.length());
        Received received = store.receive(body.stream(), body.length(), expected.algorithm());
        boolean right = false;
        try {
            expected.verify(received, body);
            right = true;
            return received;
        } finally {
            if (!right) {
                received.close();
            }
        }
    }

    static void requireSize(long bytes) throws S3Error {
        if (bytes > PUT_BYTES_MAX) {
            throw new S3Error(ErrorCode.ENTITY_TOO_LARGE, "Your proposed upload exceeds the maximum allowed size")
                    .with("ProposedSize", Long.toString(bytes))
                    .with("MaxSizeAllowed", Long.toString(PUT_BYTES_MAX));
        }
    }

    static void requireKey(String key) throws S3Error {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BlobLimits.KEY_BYTES_MAX) {
            throw new S3Error(ErrorCode.KEY_TOO_LONG, "Your key is too long")
                    .with("Size", Integer.toString(bytes))
                    .with("MaxSizeAllowed", Integer.toString(BlobLimits.KEY_BYTES_MAX));
        }
    }

    /** The version that a write made; the error it earned otherwise. */
    static StoredVersion stored(S3Request request, WriteResult result) throws S3Error {
        Optional<S3Error> error = result.match(new WriteResult.Cases<>() {
            @Override
            public Optional<S3Error> stored(StoredVersion version) {
                return Optional.empty();
            }

            @Override
            public Optional<S3Error> refused(Optional<StoredVersion> newest) {
                return Optional.of(Conditions.refused(request, newest));
            }

            @Override
            public Optional<S3Error> noBucket(String name) {
                return Optional.of(S3Error.noSuchBucket(name));
            }
        });
        if (error.isPresent()) {
            throw error.get();
        }
        return ((WriteResult.Stored) result).version();
    }

    private static Map<String, String> writtenHeaders(StoredVersion version) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", "\"" + version.etag() + "\"");
        headers.put("x-amz-version-id", version.object().versionId());
        version.checksum().ifPresent(checksum -> headers.putAll(checksumHeaders(checksum)));
        return headers;
    }

    static Map<String, String> checksumHeaders(Checksum checksum) {
        return Map.of(
                checksum.algorithm().header(),
                checksum.value(),
                "x-amz-checksum-type",
                checksum.type().name());
    }
}
