package io.hallmark.local.door.s3;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.blobs.Origin;
import io.hallmark.local.blobs.Received;
import io.hallmark.local.blobs.StoredVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** DeleteObject and DeleteObjects: a delete marker without a version, the end of that version with one. */
final class DeleteOperations {

    private static final int OBJECTS_MAX = 1000;

    private final ObjectStore store;

    DeleteOperations(ObjectStore store) {
        this.store = store;
    }

    /**
     * What a delete did.
     *
     * @param marker whether the version it made, or took away, is a delete marker
     */
    private record Deleted(String versionId, boolean marker) {}

    Reply one(S3Request request, Origin origin) throws S3Error {
        WriteOperations.requireKey(request.key());
        Deleted deleted = delete(request.bucket(), request.key(), request.parameter("versionId"), origin);
        Reply reply = Reply.empty(Reply.NO_CONTENT).with("x-amz-version-id", deleted.versionId());
        return deleted.marker() ? reply.with("x-amz-delete-marker", "true") : reply;
    }

    private Deleted delete(String bucket, String key, Optional<String> versionId, Origin origin) {
        if (versionId.isEmpty()) {
            return new Deleted(store.delete(bucket, key, origin).object().versionId(), true);
        }
        Optional<StoredVersion> erased = store.erase(new ObjectVersion(bucket, key, versionId.get()), origin);
        return new Deleted(versionId.get(), erased.map(StoredVersion::marker).orElse(false));
    }

    Reply many(S3Request request, Body body, Origin origin) throws IOException {
        ExpectedChecksum expected = ExpectedChecksum.of(request);
        if (!expected.present()) {
            throw new S3Error(
                    ErrorCode.INVALID_REQUEST,
                    "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        }
        XmlBody.Element document = checkedDocument(store, body, expected, "Delete");
        document.only(Set.of("Object", "Quiet"));
        boolean quiet = document.find("Quiet").orElse("false").strip().equals("true");
        List<XmlBody.Element> objects = document.all("Object");
        if (objects.isEmpty() || objects.size() > OBJECTS_MAX) {
            throw new S3Error(
                    ErrorCode.MALFORMED_XML, "a delete names 1 to " + OBJECTS_MAX + " objects, not " + objects.size());
        }
        for (XmlBody.Element object : objects) {
            object.only(Set.of("Key", "VersionId"));
            WriteOperations.requireKey(object.required("Key"));
        }
        Xml xml = Xml.s3("DeleteResult");
        for (XmlBody.Element object : objects) {
            String key = object.required("Key");
            Optional<String> versionId = object.find("VersionId").filter(text -> !text.isEmpty());
            Deleted deleted = delete(request.bucket(), key, versionId, origin);
            if (!quiet) {
                describe(xml, key, versionId, deleted);
            }
        }
        return Reply.xml(xml);
    }

    private static void describe(Xml xml, String key, Optional<String> versionId, Deleted deleted) {
        xml.nested("Deleted", each -> {
            each.text("Key", key);
            versionId.ifPresent(text -> each.text("VersionId", text));
            if (deleted.marker()) {
                each.text("DeleteMarker", true).text("DeleteMarkerVersionId", deleted.versionId());
            }
        });
    }

    /** Reads a document and checks the checksum it came with. */
    static XmlBody.Element checkedDocument(ObjectStore store, Body body, ExpectedChecksum expected, String root)
            throws IOException {
        if (body.length() > XmlBody.BYTES_MAX) {
            throw new S3Error(ErrorCode.ENTITY_TOO_LARGE, "the XML has more than " + XmlBody.BYTES_MAX + " bytes");
        }
        byte[] bytes = body.stream().readNBytes(XmlBody.BYTES_MAX + 1);
        try (Received received =
                store.receive(new ByteArrayInputStream(bytes), XmlBody.BYTES_MAX, expected.algorithm())) {
            expected.verify(received, body);
        }
        return XmlBody.read(new Body(new ByteArrayInputStream(bytes), bytes.length, Map.of()), root);
    }
}
