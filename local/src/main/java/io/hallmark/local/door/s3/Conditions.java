package io.hallmark.local.door.s3;

import io.hallmark.core.store.Blobs.PutCondition;
import io.hallmark.local.blobs.StoredVersion;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Conditional requests: If-Match and its kind on reads and copy sources (RFC 9110 section 13), and on writes. */
final class Conditions {

    private Conditions() {}

    /** Refuses a read whose conditions do not hold: 412, or 304 for "only if it changed". */
    static void checkRead(S3Request request, StoredVersion version) throws S3Error {
        Optional<S3Error> failed = failed(request, version, "");
        if (failed.isPresent()) {
            throw failed.get();
        }
    }

    /** Refuses a copy whose source does not meet its conditions: always 412. */
    static void checkSource(S3Request request, StoredVersion version) throws S3Error {
        Optional<S3Error> failed = failed(request, version, "x-amz-copy-source-");
        if (failed.isPresent()) {
            throw S3Error.preconditionFailed("x-amz-copy-source-if-*");
        }
    }

    private static Optional<S3Error> failed(S3Request request, StoredVersion version, String prefix) {
        Optional<String> ifMatch = request.header(prefix + "if-match");
        Optional<String> ifNoneMatch = request.header(prefix + "if-none-match");
        Instant modified = Times.seconds(version.modified());
        Optional<Instant> unmodifiedSince =
                request.header(prefix + "if-unmodified-since").flatMap(Times::readHttp);
        Optional<Instant> modifiedSince =
                request.header(prefix + "if-modified-since").flatMap(Times::readHttp);
        if (ifMatch.isPresent()) {
            if (!names(ifMatch.get(), version.etag())) {
                return Optional.of(S3Error.preconditionFailed("If-Match"));
            }
        } else if (unmodifiedSince.isPresent() && modified.isAfter(unmodifiedSince.get())) {
            return Optional.of(S3Error.preconditionFailed("If-Unmodified-Since"));
        }
        boolean unchanged = ifNoneMatch.isPresent()
                ? names(ifNoneMatch.get(), version.etag())
                : modifiedSince.isPresent() && !modified.isAfter(modifiedSince.get());
        return unchanged ? Optional.of(notModified(version)) : Optional.empty();
    }

    private static S3Error notModified(StoredVersion version) {
        return new S3Error(ErrorCode.NOT_MODIFIED, "Not Modified")
                .withHeader("ETag", "\"" + version.etag() + "\"")
                .withHeader("Last-Modified", Times.http(version.modified()))
                .withHeader("x-amz-version-id", version.object().versionId());
    }

    private static boolean names(String header, String etag) {
        return Stream.of(header.split(",", -1))
                .map(Conditions::unquoted)
                .anyMatch(each -> each.equals("*") || each.equals(etag));
    }

    static String unquoted(String etag) {
        String bare = etag.strip();
        return bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")
                ? bare.substring(1, bare.length() - 1)
                : bare;
    }

    /** On what a write depends. */
    static PutCondition ofWrite(S3Request request) throws S3Error {
        Optional<String> ifNoneMatch = request.header("if-none-match");
        Optional<String> ifMatch = request.header("if-match");
        if (ifNoneMatch.isPresent() && ifMatch.isPresent()) {
            throw S3Error.notImplemented("the headers if-match and if-none-match together");
        }
        if (ifNoneMatch.isPresent()) {
            if (!ifNoneMatch.get().equals("*")) {
                throw S3Error.notImplemented("if-none-match with anything but * on a write");
            }
            return PutCondition.absent();
        }
        if (ifMatch.isPresent() && ifMatch.get().equals("*")) {
            throw S3Error.notImplemented("if-match with * on a write");
        }
        return ifMatch.map(etag -> PutCondition.matches(unquoted(etag))).orElse(PutCondition.none());
    }

    /** The error of a write whose condition did not hold. */
    static S3Error refused(S3Request request, Optional<StoredVersion> newest) {
        if (request.header("if-none-match").isPresent()) {
            return S3Error.preconditionFailed("If-None-Match");
        }
        return newest.isPresent() ? S3Error.preconditionFailed("If-Match") : S3Error.noSuchKey(request.key());
    }
}
