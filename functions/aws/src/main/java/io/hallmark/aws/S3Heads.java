package io.hallmark.aws;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.Blobs.Composite;
import io.hallmark.core.store.Blobs.Head;
import io.hallmark.core.store.Blobs.Part;
import io.hallmark.core.store.Blobs.PartPage;
import io.hallmark.core.store.Blobs.PutResult;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesParts;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** S3's answers in the words of the port. */
final class S3Heads {

    private static final int SHA256_BYTES = 32;
    private static final Pattern COMPOSITE = Pattern.compile("([A-Za-z0-9+/=]+)-([1-9]\\d{0,4})");

    private S3Heads() {}

    static Head of(String bucket, String key, HeadObjectResponse answer) {
        return new Head(
                version(bucket, key, answer.versionId()),
                answer.contentLength(),
                unquoted(answer.eTag()),
                sha256(answer.checksumSHA256()).map(Sha256::hex),
                composite(answer),
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
    static Optional<Sha256> sha256(@Nullable String value) {
        if (value == null || value.contains("-")) {
            return Optional.empty();
        }
        byte[] bytes = Base64.getDecoder().decode(value);
        return bytes.length == SHA256_BYTES
                ? Optional.of(new Sha256(HexFormat.of().formatHex(bytes)))
                : Optional.empty();
    }

    private static Optional<Composite> composite(HeadObjectResponse answer) {
        Matcher value = COMPOSITE.matcher(Objects.requireNonNullElse(answer.checksumSHA256(), ""));
        boolean said = answer.checksumType() == null || answer.checksumType() == ChecksumType.COMPOSITE;
        return said && value.matches()
                ? sha256(value.group(1)).map(digest -> new Composite(digest, Integer.parseInt(value.group(2))))
                : Optional.empty();
    }

    /** A page of the parts of an object, as far as S3 kept their checksums. */
    static PartPage parts(GetObjectAttributesResponse answer) {
        GetObjectAttributesParts found = answer.objectParts();
        if (found == null) {
            return new PartPage(List.of(), Optional.empty());
        }
        List<Part> parts = found.parts().stream()
                .map(part -> new Part(part.partNumber(), part.size(), sha256(part.checksumSHA256())))
                .toList();
        boolean more = Boolean.TRUE.equals(found.isTruncated()) && !parts.isEmpty();
        return new PartPage(
                parts, more ? Optional.of(parts.get(parts.size() - 1).number()) : Optional.empty());
    }

    private static String unquoted(String etag) {
        return etag.replace("\"", "");
    }
}
