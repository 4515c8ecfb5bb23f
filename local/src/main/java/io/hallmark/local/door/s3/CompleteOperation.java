package io.hallmark.local.door.s3;

import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.blobs.Origin;
import io.hallmark.local.blobs.StoredVersion;
import io.hallmark.local.blobs.Uploads;
import io.hallmark.local.blobs.Uploads.Part;
import io.hallmark.local.blobs.Uploads.Protection;
import io.hallmark.local.blobs.Uploads.Upload;
import io.hallmark.local.blobs.WriteResult;
import io.hallmark.local.checksum.Checksum;
import io.hallmark.local.checksum.ChecksumAlgorithm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** CompleteMultipartUpload: the parts named, in their order, become one object. */
final class CompleteOperation {

    /** Of every part but the last ("Amazon S3 multipart upload limits"). */
    private static final long PART_BYTES_MIN = 5L * 1024 * 1024;

    private static final long OBJECT_BYTES_MAX = 5L * 1024 * 1024 * 1024 * 1024;

    private final ObjectStore store;

    CompleteOperation(ObjectStore store) {
        this.store = store;
    }

    Reply complete(S3Request request, Body body, Origin origin) throws IOException {
        var condition = Conditions.ofWrite(request);
        String uploadId = request.parameter("uploadId").orElse("");
        XmlBody.Element document = XmlBody.read(body, "CompleteMultipartUpload");
        document.only(Set.of("Part"));
        Optional<StoredVersion> before = store.uploads()
                .completed(uploadId)
                .filter(version -> version.object().bucket().equals(request.bucket())
                        && version.object().key().equals(request.key()));
        if (before.isPresent()) {
            return answer(request, before.get());
        }
        Upload upload = MultipartOperations.upload(store, request);
        List<Part> parts = named(upload, document.all("Part"));
        checkSizes(request, parts);
        Optional<Checksum> checksum = checksum(request, upload, parts);
        WriteResult result = store.uploads()
                .complete(upload, parts, Uploads.etag(parts), checksum, condition, origin)
                .orElseThrow(() -> S3Error.noSuchUpload(uploadId));
        return answer(request, WriteOperations.stored(request, result));
    }

    private static Reply answer(S3Request request, StoredVersion version) {
        String host = request.header("host").orElse("localhost");
        Xml xml = Xml.s3("CompleteMultipartUploadResult")
                .text("Location", "http://" + host + "/" + request.bucket() + "/" + request.key())
                .text("Bucket", request.bucket())
                .text("Key", request.key())
                .text("ETag", "\"" + version.etag() + "\"");
        version.checksum()
                .ifPresent(each -> xml.text(each.algorithm().element(), each.value())
                        .text("ChecksumType", each.type().name()));
        return Reply.xml(xml).with("x-amz-version-id", version.object().versionId());
    }

    private List<Part> named(Upload upload, List<XmlBody.Element> elements) throws S3Error {
        if (elements.isEmpty() || elements.size() > MultipartOperations.PARTS_MAX) {
            throw new S3Error(
                    ErrorCode.MALFORMED_XML, "an upload has 1 to " + MultipartOperations.PARTS_MAX + " parts");
        }
        Map<Integer, Part> arrived = store.uploads().parts(upload.id(), 0, MultipartOperations.PARTS_MAX).stream()
                .collect(Collectors.toMap(Part::number, Function.identity()));
        List<Part> named = new ArrayList<>();
        int previous = 0;
        for (XmlBody.Element element : elements) {
            int number = number(element.required("PartNumber").strip());
            if (number <= previous) {
                throw new S3Error(
                        ErrorCode.INVALID_PART_ORDER,
                        "The list of parts was not in ascending order. Parts must be ordered by part number.");
            }
            previous = number;
            named.add(check(upload, element, number, Optional.ofNullable(arrived.get(number))));
        }
        return named;
    }

    private static int number(String text) throws S3Error {
        if (!text.matches("\\d{1,5}")) {
            throw new S3Error(ErrorCode.MALFORMED_XML, "the PartNumber " + text + " is not a number");
        }
        return Integer.parseInt(text);
    }

    private static Part check(Upload upload, XmlBody.Element element, int number, Optional<Part> arrived)
            throws S3Error {
        Part part = arrived.orElseThrow(() -> invalidPart(number));
        if (!Conditions.unquoted(element.required("ETag")).equals(part.etag())) {
            throw invalidPart(number);
        }
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            Optional<String> claimed = element.find(algorithm.element());
            boolean right = claimed.isEmpty()
                    || part.checksum()
                            .filter(checksum -> checksum.algorithm() == algorithm
                                    && checksum.value().equals(claimed.get()))
                            .isPresent();
            if (!right) {
                throw invalidPart(number);
            }
        }
        boolean composite = upload.protection()
                .filter(protection -> protection.type() == Checksum.Type.COMPOSITE)
                .isPresent();
        if (composite
                && element.find(upload.protection().get().algorithm().element()).isEmpty()) {
            throw new S3Error(
                    ErrorCode.INVALID_REQUEST,
                    "The upload was created using a "
                            + upload.protection().get().algorithm()
                            + " checksum. The complete request must include the checksum for each part. It was missing"
                            + " for part " + number + " in the request.");
        }
        return part;
    }

    private static S3Error invalidPart(int number) {
        return new S3Error(
                        ErrorCode.INVALID_PART,
                        "One or more of the specified parts could not be found. The part may not have been uploaded, or"
                                + " the specified entity tag may not match the part's entity tag.")
                .with("PartNumber", Integer.toString(number));
    }

    private static void checkSizes(S3Request request, List<Part> parts) throws S3Error {
        for (Part part : parts.subList(0, parts.size() - 1)) {
            if (part.size() < PART_BYTES_MIN) {
                throw new S3Error(
                                ErrorCode.ENTITY_TOO_SMALL,
                                "Your proposed upload is smaller than the minimum allowed size")
                        .with("ProposedSize", Long.toString(part.size()))
                        .with("MinSizeAllowed", Long.toString(PART_BYTES_MIN))
                        .with("PartNumber", Integer.toString(part.number()))
                        .with("ETag", part.etag());
            }
        }
        long size = parts.stream().mapToLong(Part::size).sum();
        if (size > OBJECT_BYTES_MAX) {
            throw new S3Error(
                    ErrorCode.ENTITY_TOO_LARGE, "an object has at most " + OBJECT_BYTES_MAX + " bytes, not " + size);
        }
        Optional<String> claimed = request.header("x-amz-mp-object-size");
        if (claimed.isPresent() && !claimed.get().equals(Long.toString(size))) {
            throw new S3Error(
                    ErrorCode.INVALID_REQUEST,
                    "The provided 'x-amz-mp-object-size' header value " + claimed.get()
                            + " does not match what was computed: " + size);
        }
    }

    private static Optional<Checksum> checksum(S3Request request, Upload upload, List<Part> parts) throws S3Error {
        Optional<Protection> protection = upload.protection();
        Optional<String> type = request.header("x-amz-checksum-type");
        if (type.isPresent()
                && protection
                        .filter(each -> each.type().name().equalsIgnoreCase(type.get()))
                        .isEmpty()) {
            throw new S3Error(
                    ErrorCode.INVALID_REQUEST, "The upload was not created with the checksum type " + type.get() + ".");
        }
        Optional<Checksum> computed = protection.map(each -> Checksum.ofParts(
                each.algorithm(),
                each.type(),
                parts.stream()
                        .map(part -> new Checksum.Part(part.checksum().orElseThrow(), part.size()))
                        .toList()));
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            Optional<String> claimed = request.header(algorithm.header());
            if (claimed.isPresent()
                    && computed.filter(each -> each.algorithm() == algorithm
                                    && each.value().equals(claimed.get()))
                            .isEmpty()) {
                throw new S3Error(
                        ErrorCode.BAD_DIGEST,
                        "The " + algorithm + " you specified did not match the calculated checksum.");
            }
        }
        return computed;
    }
}
