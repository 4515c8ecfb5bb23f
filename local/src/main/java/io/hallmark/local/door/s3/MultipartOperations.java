package io.hallmark.local.door.s3;

import io.hallmark.local.blobs.Attributes;
import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.blobs.Received;
import io.hallmark.local.blobs.Uploads.Part;
import io.hallmark.local.blobs.Uploads.Protection;
import io.hallmark.local.blobs.Uploads.Upload;
import io.hallmark.local.checksum.Checksum;
import io.hallmark.local.checksum.ChecksumAlgorithm;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Multipart uploads up to their completion. */
final class MultipartOperations {

    /** "Amazon S3 multipart upload limits", S3 user guide. */
    static final int PARTS_MAX = 10_000;

    private static final int PAGE_MAX = 1000;

    private final ObjectStore store;

    MultipartOperations(ObjectStore store) {
        this.store = store;
    }

    Reply create(S3Request request) throws S3Error {
        WriteOperations.requireKey(request.key());
        Attributes attributes = Given.attributes(request);
        Optional<Protection> protection = protection(request);
        Upload upload = store.uploads().create(request.bucket(), request.key(), attributes, protection);
        Reply reply = Reply.xml(Xml.s3("InitiateMultipartUploadResult")
                .text("Bucket", request.bucket())
                .text("Key", request.key())
                .text("UploadId", upload.id()));
        return protection.isEmpty()
                ? reply
                : reply.with(
                                "x-amz-checksum-algorithm",
                                protection.get().algorithm().name())
                        .with("x-amz-checksum-type", protection.get().type().name());
    }

    private static Optional<Protection> protection(S3Request request) throws S3Error {
        Optional<String> name = request.header("x-amz-checksum-algorithm");
        Optional<String> type = request.header("x-amz-checksum-type");
        if (name.isEmpty()) {
            if (type.isPresent()) {
                throw new S3Error(
                        ErrorCode.INVALID_REQUEST,
                        "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
            }
            return Optional.empty();
        }
        ChecksumAlgorithm algorithm = algorithm(name.get());
        Checksum.Type usual =
                algorithm == ChecksumAlgorithm.CRC64NVME ? Checksum.Type.FULL_OBJECT : Checksum.Type.COMPOSITE;
        Checksum.Type wanted = type.isEmpty() ? usual : type(type.get());
        boolean possible =
                wanted == Checksum.Type.FULL_OBJECT ? algorithm.combines() : algorithm != ChecksumAlgorithm.CRC64NVME;
        if (!possible) {
            throw new S3Error(
                    ErrorCode.INVALID_REQUEST,
                    "The " + wanted + " checksum type cannot be used with the " + algorithm + " checksum algorithm.");
        }
        return Optional.of(new Protection(algorithm, wanted));
    }

    static ChecksumAlgorithm algorithm(String name) throws S3Error {
        return ChecksumAlgorithm.named(name)
                .orElseThrow(() -> new S3Error(
                        ErrorCode.INVALID_REQUEST,
                        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
                                + Arrays.toString(ChecksumAlgorithm.values())));
    }

    static Checksum.Type type(String name) throws S3Error {
        return Arrays.stream(Checksum.Type.values())
                .filter(type -> type.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() ->
                        new S3Error(ErrorCode.INVALID_REQUEST, "Value for x-amz-checksum-type header is invalid."));
    }

    /** The running upload that a request names; its key must be the same. */
    static Upload upload(ObjectStore store, S3Request request) throws S3Error {
        String id = request.parameter("uploadId").orElse("");
        return store.uploads()
                .find(id)
                .filter(upload ->
                        upload.bucket().equals(request.bucket()) && upload.key().equals(request.key()))
                .orElseThrow(() -> S3Error.noSuchUpload(id));
    }

    static int partNumber(S3Request request) throws S3Error {
        return request.number("partNumber", 0, 1, PARTS_MAX);
    }

    Reply uploadPart(S3Request request, Body body) throws IOException {
        int number = partNumber(request);
        Upload upload = upload(store, request);
        ExpectedChecksum expected = ExpectedChecksum.of(request);
        Optional<ChecksumAlgorithm> wanted = upload.protection().map(Protection::algorithm);
        if (wanted.isPresent() && expected.algorithm().isEmpty()) {
            expected = new ExpectedChecksum(wanted, Optional.empty(), false, expected.md5());
        } else if (wanted.isPresent() && !wanted.equals(expected.algorithm())) {
            throw new S3Error(
                    ErrorCode.INVALID_REQUEST,
                    "Checksum Type mismatch occurred, expected checksum Type: " + wanted.get()
                            + ", actual checksum Type: " + expected.algorithm().get());
        }
        try (Received received = WriteOperations.receive(store, body, expected)) {
            Part part = store.uploads()
                    .add(upload.id(), number, received)
                    .orElseThrow(() -> S3Error.noSuchUpload(upload.id()));
            Reply reply = Reply.empty(Reply.OK).with("ETag", "\"" + part.etag() + "\"");
            return part.checksum().isEmpty()
                    ? reply
                    : reply.with(
                            part.checksum().get().algorithm().header(),
                            part.checksum().get().value());
        }
    }

    Reply abort(S3Request request) throws S3Error {
        Upload upload = upload(store, request);
        if (!store.uploads().abort(upload.id())) {
            throw S3Error.noSuchUpload(upload.id());
        }
        return Reply.empty(Reply.NO_CONTENT);
    }

    Reply listParts(S3Request request) throws S3Error {
        Upload upload = upload(store, request);
        int limit = Math.min(PAGE_MAX, request.number("max-parts", PAGE_MAX, 0, Integer.MAX_VALUE));
        int after = request.number("part-number-marker", 0, 0, Integer.MAX_VALUE);
        List<Part> found = store.uploads().parts(upload.id(), after, limit + 1);
        List<Part> page = found.subList(0, Math.min(limit, found.size()));
        Xml xml = Xml.s3("ListPartsResult")
                .text("Bucket", upload.bucket())
                .text("Key", upload.key())
                .text("UploadId", upload.id())
                .text("PartNumberMarker", after)
                .text(
                        "NextPartNumberMarker",
                        page.isEmpty() ? after : page.get(page.size() - 1).number())
                .text("MaxParts", limit)
                .text("IsTruncated", limit > 0 && found.size() > limit);
        describe(xml, upload);
        for (Part part : page) {
            xml.nested("Part", each -> {
                each.text("PartNumber", part.number())
                        .text("LastModified", Times.iso(part.modified()))
                        .text("ETag", "\"" + part.etag() + "\"")
                        .text("Size", part.size());
                part.checksum()
                        .ifPresent(checksum -> each.text(checksum.algorithm().element(), checksum.value()));
            });
        }
        return Reply.xml(xml);
    }

    Reply listUploads(S3Request request) throws S3Error {
        UnaryOperator<String> name = ListOperations.naming(request);
        int limit = Math.min(PAGE_MAX, request.number("max-uploads", PAGE_MAX, 1, Integer.MAX_VALUE));
        String prefix = request.parameter("prefix").orElse("");
        String keyMarker = request.parameter("key-marker").orElse("");
        String idMarker = request.parameter("upload-id-marker").orElse("");
        // Without an id the marker stands for all uploads of its key; no id sorts behind a tilde.
        String afterId = keyMarker.isEmpty() || !idMarker.isEmpty() ? idMarker : "~";
        List<Upload> found = store.uploads().list(request.bucket(), prefix, keyMarker, afterId, limit + 1);
        List<Upload> page = found.subList(0, Math.min(limit, found.size()));
        Xml xml = Xml.s3("ListMultipartUploadsResult")
                .text("Bucket", request.bucket())
                .text("KeyMarker", name.apply(keyMarker))
                .text("UploadIdMarker", idMarker)
                .text("Prefix", name.apply(prefix))
                .text("MaxUploads", limit)
                .text("IsTruncated", found.size() > limit);
        request.parameter("encoding-type").ifPresent(type -> xml.text("EncodingType", type));
        if (found.size() > limit) {
            Upload last = page.get(page.size() - 1);
            xml.text("NextKeyMarker", name.apply(last.key())).text("NextUploadIdMarker", last.id());
        }
        for (Upload upload : page) {
            xml.nested("Upload", each -> {
                each.text("Key", name.apply(upload.key())).text("UploadId", upload.id());
                describe(each, upload);
                each.text("Initiated", Times.iso(upload.created()));
            });
        }
        return Reply.xml(xml);
    }

    private static void describe(Xml xml, Upload upload) {
        xml.nested("Initiator", each -> each.text("ID", S3Door.OWNER).text("DisplayName", "hallmark"))
                .nested("Owner", each -> each.text("ID", S3Door.OWNER).text("DisplayName", "hallmark"))
                .text("StorageClass", "STANDARD");
        upload.protection()
                .ifPresent(protection -> xml.text(
                                "ChecksumAlgorithm", protection.algorithm().name())
                        .text("ChecksumType", protection.type().name()));
    }
}
