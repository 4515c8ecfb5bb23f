package io.hallmark.local.door.s3;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The operations of this door: by what a request is recognised, and which parameters and headers it may carry. Whatever
 * else a request carries is refused by name, because silent acceptance is how emulators mislead.
 */
enum Operation {
    LIST_BUCKETS("ListBuckets", "GET", Level.SERVICE, "", "", ""),
    CREATE_BUCKET("CreateBucket", "PUT", Level.BUCKET, "", "", ""),
    HEAD_BUCKET("HeadBucket", "HEAD", Level.BUCKET, "", "", ""),
    GET_BUCKET_LOCATION("GetBucketLocation", "GET", Level.BUCKET, "location", "", ""),
    GET_BUCKET_VERSIONING("GetBucketVersioning", "GET", Level.BUCKET, "versioning", "", ""),
    LIST_OBJECT_VERSIONS(
            "ListObjectVersions",
            "GET",
            Level.BUCKET,
            "versions",
            "prefix delimiter max-keys key-marker version-id-marker encoding-type",
            ""),
    LIST_MULTIPART_UPLOADS(
            "ListMultipartUploads",
            "GET",
            Level.BUCKET,
            "uploads",
            "prefix max-uploads key-marker upload-id-marker encoding-type",
            ""),
    LIST_OBJECTS_V2(
            "ListObjectsV2",
            "GET",
            Level.BUCKET,
            "list-type",
            "prefix delimiter max-keys continuation-token start-after encoding-type fetch-owner",
            ""),
    LIST_OBJECTS("ListObjects", "GET", Level.BUCKET, "", "prefix delimiter max-keys marker encoding-type", ""),
    DELETE_OBJECTS("DeleteObjects", "POST", Level.BUCKET, "delete", "", Headers.CHECKSUM),
    LIST_PARTS("ListParts", "GET", Level.OBJECT, "uploadId", "max-parts part-number-marker", ""),
    GET_OBJECT_TAGGING("GetObjectTagging", "GET", Level.OBJECT, "tagging", "versionId", ""),
    GET_OBJECT_ATTRIBUTES(
            "GetObjectAttributes",
            "GET",
            Level.OBJECT,
            "attributes",
            "versionId",
            "x-amz-object-attributes x-amz-max-parts x-amz-part-number-marker"),
    GET_OBJECT("GetObject", "GET", Level.OBJECT, "", Headers.READ_QUERY, Headers.READ),
    HEAD_OBJECT("HeadObject", "HEAD", Level.OBJECT, "", Headers.READ_QUERY, Headers.READ),
    PUT_OBJECT_TAGGING("PutObjectTagging", "PUT", Level.OBJECT, "tagging", "versionId", Headers.CHECKSUM),
    UPLOAD_PART_COPY(
            "UploadPartCopy",
            "PUT",
            Level.OBJECT,
            "partNumber",
            "uploadId",
            Headers.COPY_SOURCE + " x-amz-copy-source-range"),
    UPLOAD_PART("UploadPart", "PUT", Level.OBJECT, "partNumber", "uploadId", Headers.CHECKSUM),
    COPY_OBJECT(
            "CopyObject",
            "PUT",
            Level.OBJECT,
            "",
            "",
            Headers.COPY_SOURCE + " " + Headers.WRITE
                    + " x-amz-metadata-directive x-amz-tagging-directive x-amz-checksum-algorithm"),
    PUT_OBJECT("PutObject", "PUT", Level.OBJECT, "", "", Headers.WRITE + " " + Headers.CHECKSUM),
    CREATE_MULTIPART_UPLOAD(
            "CreateMultipartUpload",
            "POST",
            Level.OBJECT,
            "uploads",
            "",
            Headers.WRITE_ATTRIBUTES + " x-amz-checksum-algorithm x-amz-checksum-type"),
    COMPLETE_MULTIPART_UPLOAD(
            "CompleteMultipartUpload",
            "POST",
            Level.OBJECT,
            "uploadId",
            "",
            Headers.CHECKSUM + " x-amz-checksum-type x-amz-mp-object-size if-match if-none-match"),
    ABORT_MULTIPART_UPLOAD("AbortMultipartUpload", "DELETE", Level.OBJECT, "uploadId", "", ""),
    DELETE_OBJECT("DeleteObject", "DELETE", Level.OBJECT, "", "versionId", "");

    /** What a request is about. */
    enum Level {
        SERVICE,
        BUCKET,
        OBJECT
    }

    /** Lists of header and parameter names that several operations share. */
    private static final class Headers {
        private static final String CHECKSUM = "x-amz-sdk-checksum-algorithm x-amz-checksum-crc32 x-amz-checksum-crc32c"
                + " x-amz-checksum-crc64nvme x-amz-checksum-sha1 x-amz-checksum-sha256 x-amz-trailer"
                + " x-amz-decoded-content-length content-md5";
        private static final String WRITE_ATTRIBUTES = "x-amz-tagging x-amz-storage-class x-amz-acl";
        private static final String WRITE = WRITE_ATTRIBUTES + " if-match if-none-match";
        private static final String COPY_SOURCE = "x-amz-copy-source x-amz-copy-source-if-match"
                + " x-amz-copy-source-if-none-match x-amz-copy-source-if-modified-since"
                + " x-amz-copy-source-if-unmodified-since";
        /** x-amz-te only offers that the answer may carry an MD5 behind it, as TE does (RFC 9110 section 10.1.4). */
        private static final String READ =
                "x-amz-te range if-match if-none-match if-modified-since if-unmodified-since x-amz-checksum-mode";

        private static final String READ_QUERY = "versionId partNumber response-content-type"
                + " response-content-language response-expires response-cache-control response-content-disposition"
                + " response-content-encoding";
    }

    /** Query parameters that belong to signatures and SDKs and change nothing. */
    private static final Set<String> QUERY_OF_ALL = Set.of(
            "x-id",
            "X-Amz-Algorithm",
            "X-Amz-Credential",
            "X-Amz-Date",
            "X-Amz-Expires",
            "X-Amz-SignedHeaders",
            "X-Amz-Signature");

    /** Parameters that make another operation of the same method. */
    private static final Set<String> SUBRESOURCES =
            Set.of("location", "versioning", "versions", "uploads", "delete", "tagging", "attributes");

    /** Headers about the request and its body; SDKs send the checksum of an empty body too. */
    private static final String HEADERS_OF_ALL =
            Headers.CHECKSUM + " x-amz-date x-amz-content-sha256 x-amz-user-agent x-amz-expected-bucket-owner";

    /** Standard headers that would change what an operation does. */
    private static final Set<String> MEANINGFUL = Set.of(
            "range",
            "if-range",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "content-md5");

    private final String title;
    private final String method;
    private final Level level;
    private final String subresource;
    private final String query;
    private final String headers;

    Operation(String title, String method, Level level, String subresource, String query, String headers) {
        this.title = title;
        this.method = method;
        this.level = level;
        this.subresource = subresource;
        this.query = query + " " + subresource;
        this.headers = headers;
    }

    private static boolean lists(String words, String word) {
        return List.of(words.split(" ", -1)).contains(word);
    }

    /** The name in the S3 API. */
    String title() {
        return title;
    }

    /** Recognises a request, and refuses it by name if it is not one of these or carries something unknown. */
    static Operation of(S3Request request) throws S3Error {
        Level level =
                request.bucket().isEmpty() ? Level.SERVICE : request.key().isEmpty() ? Level.BUCKET : Level.OBJECT;
        Optional<String> unsupported = Unsupported.name(request, level.name());
        if (unsupported.isPresent()) {
            throw S3Error.notImplemented(unsupported.get());
        }
        Optional<String> other = request.query().stream()
                .map(Map.Entry::getKey)
                .filter(SUBRESOURCES::contains)
                .findFirst();
        Operation operation = Arrays.stream(values())
                .filter(each -> each.method.equals(request.method()) && each.level == level)
                .filter(each -> other.isEmpty() || other.get().equals(each.subresource))
                .filter(each -> each.recognises(request))
                .findFirst()
                .orElseThrow(() -> S3Error.notImplemented(
                        Unsupported.plainName(request.method(), level.name(), other.orElse(""))));
        operation.refuseUnknown(request);
        return operation;
    }

    private boolean recognises(S3Request request) {
        boolean copies = this == COPY_OBJECT || this == UPLOAD_PART_COPY;
        return (subresource.isEmpty() || request.has(subresource))
                && (!copies || request.header("x-amz-copy-source").isPresent());
    }

    private void refuseUnknown(S3Request request) throws S3Error {
        for (Map.Entry<String, String> parameter : request.query()) {
            String name = parameter.getKey();
            boolean header = name.startsWith("x-amz-");
            if (!lists(query, name) && !QUERY_OF_ALL.contains(name) && !header) {
                throw S3Error.notImplemented("the query parameter " + name + " of " + title);
            }
        }
        for (String name : request.headers().keySet()) {
            boolean means = name.startsWith("x-amz-") || MEANINGFUL.contains(name);
            boolean metadata = name.startsWith("x-amz-meta-") && lists(headers, "x-amz-storage-class");
            if (means && !metadata && !lists(headers, name) && !lists(HEADERS_OF_ALL, name)) {
                throw S3Error.notImplemented("the header " + name.toLowerCase(Locale.ROOT) + " of " + title);
            }
        }
    }
}
