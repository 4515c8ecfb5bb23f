package io.hallmark.aws;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.BlobLimits;
import io.hallmark.core.store.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Objects in versioned S3 buckets. */
public final class S3Blobs implements Blobs {

    /** A conditional write that met another one is to be tried again (S3 user guide, "Conditional writes"). */
    private static final int CONFLICT_ATTEMPTS = 3;

    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Client client;
    private final Supplier<S3Presigner> presigner;
    private final Optional<String> expectedBucketOwner;

    /**
     * An adapter over these clients, which stay the caller's to close.
     *
     * @param expectedBucketOwner the account that owns the buckets; every call is refused by S3 when somebody else does
     */
    public S3Blobs(S3Client client, S3Presigner presigner, Optional<String> expectedBucketOwner) {
        this(client, () -> presigner, expectedBucketOwner);
    }

    /** The same, with a presigner that is made when something is to be presigned; most functions never do. */
    public S3Blobs(S3Client client, Supplier<S3Presigner> presigner, Optional<String> expectedBucketOwner) {
        this.client = client;
        this.presigner = presigner;
        this.expectedBucketOwner = expectedBucketOwner;
    }

    private @Nullable String owner() {
        return expectedBucketOwner.orElse(null);
    }

    @Override
    public Optional<Head> head(ObjectVersion object) {
        return head(object.bucket(), object.key(), object.versionId());
    }

    @Override
    public Optional<Head> headLatest(String bucket, String key) {
        return head(bucket, key, null);
    }

    private Optional<Head> head(String bucket, String key, @Nullable String versionId) {
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .versionId(versionId)
                .checksumMode(ChecksumMode.ENABLED)
                .expectedBucketOwner(owner())
                .build();
        return S3Failures.translated(() -> {
            try {
                return Optional.of(S3Heads.of(bucket, key, client.headObject(request)));
            } catch (S3Exception refused) {
                return absent(refused, Optional.empty());
            }
        });
    }

    /** The answer for a version that is gone or a delete marker; other refusals go on. */
    private static <T> T absent(S3Exception refused, T answer) {
        if (refused.statusCode() == NOT_FOUND || refused.statusCode() == METHOD_NOT_ALLOWED) {
            return answer;
        }
        throw refused;
    }

    @Override
    public PartPage parts(ObjectVersion object, int after) throws ObjectGone {
        GetObjectAttributesRequest request = GetObjectAttributesRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .versionId(object.versionId())
                .objectAttributes(ObjectAttributes.OBJECT_PARTS)
                .maxParts(BlobLimits.PAGE_MAX)
                .partNumberMarker(after == 0 ? null : after)
                .expectedBucketOwner(owner())
                .build();
        Optional<PartPage> page = S3Failures.translated(() -> {
            try {
                return Optional.of(S3Heads.parts(client.getObjectAttributes(request)));
            } catch (S3Exception refused) {
                return absent(refused, Optional.empty());
            }
        });
        return page.orElseThrow(() -> new ObjectGone(object));
    }

    @Override
    public InputStream open(ObjectVersion object, long offset) throws IOException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset);
        }
        return open(object, offset, offset == 0 ? Optional.empty() : Optional.of("bytes=" + offset + "-"));
    }

    @Override
    public InputStream open(ObjectVersion object, long offset, long length) throws IOException {
        BlobLimits.requireRange(offset, length);
        // A last byte that no number names is behind the end of every object.
        String last = length > Long.MAX_VALUE - offset ? "" : Long.toString(offset + length - 1);
        return open(object, offset, Optional.of("bytes=" + offset + "-" + last));
    }

    private InputStream open(ObjectVersion object, long offset, Optional<String> range) throws IOException {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .versionId(object.versionId())
                .range(range.orElse(null))
                .expectedBucketOwner(owner())
                .build();
        Optional<InputStream> stream = S3Failures.translated(() -> {
            try {
                return Optional.of(new S3ObjectStream(client.getObject(request)));
            } catch (S3Exception refused) {
                return refused.statusCode() == RANGE_NOT_SATISFIABLE
                        ? Optional.of(InputStream.nullInputStream())
                        : absent(refused, Optional.empty());
            }
        });
        InputStream opened = stream.orElseThrow(() -> new ObjectGone(object));
        if (range.isPresent() && opened instanceof S3ObjectStream answer) {
            answer.requireStart(offset);
        }
        return opened;
    }

    @Override
    public PutResult put(
            String bucket, String key, byte[] bytes, Map<String, String> metadata, PutCondition condition) {
        BlobLimits.requirePut(key, bytes, metadata);
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .metadata(metadata)
                .expectedBucketOwner(owner());
        condition.match(new ConditionHeaders(request));
        return S3Failures.translated(() -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    PutObjectResponse stored = client.putObject(request.build(), RequestBody.fromBytes(bytes));
                    return S3Heads.stored(bucket, key, stored);
                } catch (S3Exception refused) {
                    if (refused.statusCode() != CONFLICT || attempt == CONFLICT_ATTEMPTS) {
                        return refusal(bucket, refused);
                    }
                }
            }
        });
    }

    private record ConditionHeaders(PutObjectRequest.Builder request)
            implements PutCondition.Cases<PutObjectRequest.Builder> {
        @Override
        public PutObjectRequest.Builder anything() {
            return request;
        }

        @Override
        public PutObjectRequest.Builder absent() {
            return request.ifNoneMatch("*");
        }

        @Override
        public PutObjectRequest.Builder matches(String etag) {
            return request.ifMatch("\"" + etag + "\"");
        }
    }

    /** If-Match on a key without an object is a 404, but of the key. */
    private static PutResult refusal(String bucket, S3Exception refused) {
        S3Failures.requireBucket(bucket, refused);
        if (refused.statusCode() == PRECONDITION_FAILED || refused.statusCode() == NOT_FOUND) {
            return new PutResult.Refused();
        }
        throw refused;
    }

    @Override
    public VersionPage listVersions(String bucket, String prefix, int limit, Optional<String> after) {
        BlobLimits.requirePage(limit);
        ListObjectVersionsRequest.Builder request = ListObjectVersionsRequest.builder()
                .bucket(bucket)
                .prefix(prefix)
                .maxKeys(limit)
                .encodingType(EncodingType.URL)
                .expectedBucketOwner(owner());
        after.map(S3Cursor::read)
                .ifPresent(cursor -> request.keyMarker(cursor.key())
                        .versionIdMarker(cursor.versionId().orElse(null)));
        return translated(bucket, () -> {
            ListObjectVersionsResponse page = client.listObjectVersions(request.build());
            List<Head> heads = page.versions().stream()
                    .map(version -> S3Heads.listed(bucket, version))
                    .toList();
            Optional<String> next = Boolean.TRUE.equals(page.isTruncated())
                    ? Optional.of(
                            new S3Cursor(page.nextKeyMarker(), Optional.ofNullable(page.nextVersionIdMarker())).token())
                    : Optional.empty();
            return new VersionPage(heads, next);
        });
    }

    private static <T> T translated(String bucket, Supplier<T> call) {
        return S3Failures.translated(() -> {
            try {
                return call.get();
            } catch (S3Exception refused) {
                S3Failures.requireBucket(bucket, refused);
                throw refused;
            }
        });
    }

    @Override
    public URI presignGet(ObjectVersion object, Duration expiresIn) {
        return URI.create(presigner
                .get()
                .presignGetObject(presign -> presign.signatureDuration(expiresIn)
                        .getObjectRequest(request -> request.bucket(object.bucket())
                                .key(object.key())
                                .versionId(object.versionId())))
                .url()
                .toExternalForm());
    }

    @Override
    public URI presignPut(String bucket, String key, Duration expiresIn) {
        return URI.create(presigner
                .get()
                .presignPutObject(presign -> presign.signatureDuration(expiresIn)
                        .putObjectRequest(request -> request.bucket(bucket).key(key)))
                .url()
                .toExternalForm());
    }
}
