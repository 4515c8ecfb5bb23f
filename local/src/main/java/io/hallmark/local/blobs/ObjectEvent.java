package io.hallmark.local.blobs;

import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What happened to an object, and the message S3 sends about it ("Event message structure", S3 user guide). */
public enum ObjectEvent {
    PUT("ObjectCreated:Put"),
    COPY("ObjectCreated:Copy"),
    COMPLETE_MULTIPART_UPLOAD("ObjectCreated:CompleteMultipartUpload"),
    MARKER_CREATED("ObjectRemoved:DeleteMarkerCreated"),
    ERASED("ObjectRemoved:Delete");

    private static final String VERSION = "2.1";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String eventName;

    ObjectEvent(String eventName) {
        this.eventName = eventName;
    }

    /** The name in messages, such as {@code ObjectCreated:Put}. */
    public String eventName() {
        return eventName;
    }

    /**
     * The message, as S3 puts it into a queue.
     *
     * @param sequence the order of this change; the sequencer is this number in hex, of one length for all
     */
    String message(StoredVersion version, long sequence, java.time.Instant at, String region, Origin origin) {
        Json.Obj object = Json.object()
                .with(
                        "key",
                        URLEncoder.encode(version.object().key(), StandardCharsets.UTF_8)
                                .replace("%2F", "/"))
                .with("versionId", version.object().versionId())
                .with("sequencer", "%018X".formatted(sequence));
        Json.Obj described =
                this == ERASED ? object : object.with("size", version.size()).with("eTag", version.etag());
        Json.Obj s3 = Json.object()
                .with("s3SchemaVersion", "1.0")
                .with("configurationId", "hallmark")
                .with(
                        "bucket",
                        Json.object()
                                .with("name", version.object().bucket())
                                .with("ownerIdentity", Json.object().with("principalId", "hallmark"))
                                .with("arn", "arn:aws:s3:::" + version.object().bucket()))
                .with("object", described);
        Json.Obj message = Json.object()
                .with("eventVersion", VERSION)
                .with("eventSource", "aws:s3")
                .with("awsRegion", region)
                .with("eventTime", TIME.format(at))
                .with("eventName", eventName)
                .with("userIdentity", Json.object().with("principalId", origin.principal()))
                .with("requestParameters", Json.object().with("sourceIPAddress", origin.address()))
                .with(
                        "responseElements",
                        Json.object()
                                .with("x-amz-request-id", origin.requestId())
                                .with("x-amz-id-2", origin.requestId()))
                .with("s3", s3);
        return CanonicalJson.write(Json.object().with("Records", Json.array(List.of(message))));
    }
}
