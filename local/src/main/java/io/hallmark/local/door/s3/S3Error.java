package io.hallmark.local.door.s3;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer of the S3 API that is an error. An IOException, because it may come out of a request's body stream. */
final class S3Error extends IOException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, String> details;
    private final transient Map<String, String> headers;

    S3Error(ErrorCode code, String message) {
        this(code, message, Map.of(), Map.of());
    }

    private S3Error(ErrorCode code, String message, Map<String, String> details, Map<String, String> headers) {
        super(message);
        this.code = code;
        this.details = details;
        this.headers = headers;
    }

    /** The same error with one more element in its XML. */
    S3Error with(String element, String value) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(element, value);
        return new S3Error(code, String.valueOf(getMessage()), more, headers);
    }

    /** The same error with one more header in its answer. */
    S3Error withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new S3Error(code, String.valueOf(getMessage()), details, more);
    }

    ErrorCode code() {
        return code;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The body of the answer. */
    String xml(String resource, String requestId) {
        Xml xml = new Xml("Error").text("Code", code.code()).text("Message", String.valueOf(getMessage()));
        details.forEach(xml::text);
        return xml.text("Resource", resource)
                .text("RequestId", requestId)
                .text("HostId", requestId)
                .document();
    }

    static S3Error notImplemented(String what) {
        return new S3Error(ErrorCode.NOT_IMPLEMENTED, "This server does not implement " + what + ".");
    }

    static S3Error noSuchBucket(String bucket) {
        return new S3Error(ErrorCode.NO_SUCH_BUCKET, "The specified bucket does not exist").with("BucketName", bucket);
    }

    static S3Error noSuchKey(String key) {
        return new S3Error(ErrorCode.NO_SUCH_KEY, "The specified key does not exist.").with("Key", key);
    }

    static S3Error noSuchUpload(String uploadId) {
        return new S3Error(
                        ErrorCode.NO_SUCH_UPLOAD,
                        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been"
                                + " aborted or completed.")
                .with("UploadId", uploadId);
    }

    static S3Error preconditionFailed(String condition) {
        return new S3Error(
                        ErrorCode.PRECONDITION_FAILED, "At least one of the pre-conditions you specified did not hold")
                .with("Condition", condition);
    }

    static S3Error invalidArgument(String message, String name, String value) {
        return new S3Error(ErrorCode.INVALID_ARGUMENT, message)
                .with("ArgumentName", name)
                .with("ArgumentValue", value);
    }
}
