package io.hallmark.aws;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.BlobLimits;
import io.hallmark.core.store.PartUploads;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Multipart uploads of S3 with a SHA-256 per part, and presigned PUTs that carry one. */
public final class S3PartUploads implements PartUploads {

    /** Completing ten thousand parts takes S3 longer than other calls, and a caller of the API waits 29 s at most. */
    private static final Duration COMPLETE_LIMIT = Duration.ofSeconds(25);

    private static final int NOT_FOUND = 404;
    private static final int SHA256_BYTES = 32;

    private final S3Client client;
    private final Supplier<S3Presigner> presigner;
    private final Optional<String> expectedBucketOwner;

    /**
     * An adapter over these clients, which stay the caller's to close.
     *
     * @param expectedBucketOwner the account that owns the buckets; every call is refused by S3 when somebody else does
     */
    public S3PartUploads(S3Client client, Supplier<S3Presigner> presigner, Optional<String> expectedBucketOwner) {
        this.client = client;
        this.presigner = presigner;
        this.expectedBucketOwner = expectedBucketOwner;
    }

    private @Nullable String owner() {
        return expectedBucketOwner.orElse(null);
    }

    @Override
    public Session begin(String bucket, String key, Map<String, String> metadata) {
        BlobLimits.requirePut(key, new byte[0], metadata);
        return translated(
                bucket,
                () -> new Session(
                        bucket,
                        key,
                        client.createMultipartUpload(request -> request.bucket(bucket)
                                        .key(key)
                                        .metadata(metadata)
                                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                                        .checksumType(ChecksumType.COMPOSITE)
                                        .expectedBucketOwner(owner()))
                                .uploadId()));
    }

    @Override
    public Optional<Session> running(String bucket, String key) {
        return translated(
                bucket,
                () -> client
                        .listMultipartUploads(request -> request.bucket(bucket)
                                .prefix(key)
                                .maxUploads(PAGE_MAX)
                                .expectedBucketOwner(owner()))
                        .uploads()
                        .stream()
                        .filter(upload -> upload.key().equals(key)
                                && (upload.checksumAlgorithm() == null
                                        || upload.checksumAlgorithm() == ChecksumAlgorithm.SHA256))
                        .max(Comparator.comparing(MultipartUpload::initiated))
                        .map(upload -> new Session(bucket, key, upload.uploadId())));
    }

    @Override
    public SignedPut presignPart(Session session, int number, Sha256 sha256, Duration expiresIn) {
        return signed(
                presigner
                        .get()
                        .presignUploadPart(presign -> presign.signatureDuration(expiresIn)
                                .uploadPartRequest(request -> request.bucket(session.bucket())
                                        .key(session.key())
                                        .uploadId(session.id())
                                        .partNumber(number)
                                        .checksumSHA256(base64(sha256))))
                        .url()
                        .toExternalForm(),
                sha256);
    }

    @Override
    public SignedPut presignWhole(String bucket, String key, Sha256 sha256, Duration expiresIn) {
        return signed(
                presigner
                        .get()
                        .presignPutObject(presign -> presign.signatureDuration(expiresIn)
                                .putObjectRequest(request ->
                                        request.bucket(bucket).key(key).checksumSHA256(base64(sha256))))
                        .url()
                        .toExternalForm(),
                sha256);
    }

    private static SignedPut signed(String url, Sha256 sha256) {
        return new SignedPut(URI.create(url), Map.of(SignedPut.CHECKSUM, base64(sha256)));
    }

    @Override
    public List<Part> parts(Session session, int after) {
        return over(
                session,
                () -> client
                        .listParts(request -> request.bucket(session.bucket())
                                .key(session.key())
                                .uploadId(session.id())
                                .partNumberMarker(after == 0 ? null : after)
                                .maxParts(PAGE_MAX)
                                .expectedBucketOwner(owner()))
                        .parts()
                        .stream()
                        .map(part -> new Part(
                                part.partNumber(),
                                part.size(),
                                part.eTag().replace("\"", ""),
                                sha256(part.checksumSHA256())
                                        .orElseThrow(() -> new RegistryFailure.Conflict(
                                                "PART_UNVERIFIED",
                                                "part " + part.partNumber() + " has no SHA-256; send it again"))))
                        .toList());
    }

    @Override
    public Completed complete(Session session, List<Part> parts) {
        List<CompletedPart> named = parts.stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag("\"" + part.etag() + "\"")
                        .checksumSHA256(base64(part.sha256()))
                        .build())
                .toList();
        CompleteMultipartUploadResponse done = over(
                session,
                () -> client.completeMultipartUpload(request -> request.bucket(session.bucket())
                        .key(session.key())
                        .uploadId(session.id())
                        .checksumType(ChecksumType.COMPOSITE)
                        .multipartUpload(upload -> upload.parts(named))
                        .expectedBucketOwner(owner())
                        .overrideConfiguration(limits ->
                                limits.apiCallTimeout(COMPLETE_LIMIT).apiCallAttemptTimeout(COMPLETE_LIMIT))));
        long size = parts.stream().mapToLong(Part::size).sum();
        return new Completed(
                version(session.bucket(), session.key(), done.versionId()), size, composite(parts), parts.size());
    }

    private static Sha256 composite(List<Part> parts) {
        return Hashing.sha256(
                parts.stream().map(part -> Hashing.bytes(part.sha256())).toArray(byte[][]::new));
    }

    @Override
    public Optional<Completed> completed(String bucket, String key) {
        return translated(bucket, () -> {
            try {
                HeadObjectResponse head = client.headObject(request -> request.bucket(bucket)
                        .key(key)
                        .checksumMode(ChecksumMode.ENABLED)
                        .expectedBucketOwner(owner()));
                return completed(bucket, key, head);
            } catch (S3Exception refused) {
                if (refused.statusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                throw refused;
            }
        });
    }

    /** A composite value ends in a dash and the number of parts. */
    private static Optional<Completed> completed(String bucket, String key, HeadObjectResponse head) {
        String value = head.checksumSHA256() == null ? "" : head.checksumSHA256();
        int dash = value.indexOf('-');
        return dash < 0
                ? Optional.empty()
                : sha256(value.substring(0, dash))
                        .map(composite -> new Completed(
                                version(bucket, key, head.versionId()),
                                head.contentLength(),
                                composite,
                                Integer.parseInt(value.substring(dash + 1))));
    }

    @Override
    public void abort(Session session) {
        try {
            over(
                    session,
                    () -> client.abortMultipartUpload(request -> request.bucket(session.bucket())
                            .key(session.key())
                            .uploadId(session.id())
                            .expectedBucketOwner(owner())));
        } catch (RegistryFailure.NotFound alreadyOver) {
            // That is what the caller wanted.
        }
    }

    private static <T> T over(Session session, Supplier<T> call) {
        return translated(session.bucket(), () -> {
            try {
                return call.get();
            } catch (S3Exception refused) {
                throw switch (S3Failures.code(refused)) {
                    case "NoSuchUpload" -> new RegistryFailure.NotFound("running upload", session.id());
                    case "InvalidPart" ->
                        new RegistryFailure.Conflict(
                                "PART_REPLACED", "a part is not there as it was listed; list the parts again");
                    case "EntityTooSmall" ->
                        new RegistryFailure.Invalid(
                                "",
                                "PART_TOO_SMALL",
                                "every part but the last has at least " + PART_BYTES_MIN + " bytes");
                    default -> refused;
                };
            }
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

    private static ObjectVersion version(String bucket, String key, @Nullable String versionId) {
        if (versionId == null) {
            throw new IllegalStateException("the bucket " + bucket + " is not versioned; switch versioning on");
        }
        return new ObjectVersion(bucket, key, versionId);
    }

    private static Optional<Sha256> sha256(@Nullable String base64) {
        byte[] bytes = base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
        return bytes.length == SHA256_BYTES
                ? Optional.of(new Sha256(HexFormat.of().formatHex(bytes)))
                : Optional.empty();
    }

    private static String base64(Sha256 sha256) {
        return Base64.getEncoder().encodeToString(Hashing.bytes(sha256));
    }
}
