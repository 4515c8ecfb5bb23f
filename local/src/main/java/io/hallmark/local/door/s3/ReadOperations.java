package io.hallmark.local.door.s3;

import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.blobs.Segment;
import io.hallmark.local.blobs.StoredVersion;
import io.hallmark.local.checksum.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** GetObject, HeadObject and GetObjectAttributes. */
final class ReadOperations {

    private static final Set<String> ATTRIBUTES =
            Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");
    private static final int PARTS_MAX = 10_000;
    private static final int ATTRIBUTE_PARTS = 1000;
    private static final int SPACE = 0x20;
    private static final int TILDE = 0x7E;

    private final ObjectStore store;

    ReadOperations(ObjectStore store) {
        this.store = store;
    }

    /** GET and HEAD answer the same headers. */
    Reply get(S3Request request) throws S3Error {
        StoredVersion version = Versions.wanted(store, request);
        Conditions.checkRead(request, version);
        Map<String, String> headers = describe(request, version);
        Optional<ByteRange> range = range(request, version, headers);
        boolean whole = range.isEmpty() || range.get().length() == version.size();
        if (whole && request.header("x-amz-checksum-mode").orElse("").equalsIgnoreCase("ENABLED")) {
            version.checksum().ifPresent(checksum -> headers.putAll(WriteOperations.checksumHeaders(checksum)));
        }
        if (range.isEmpty()) {
            return new Reply(Reply.OK, headers, version.size(), () -> store.read(version, 0, version.size()));
        }
        ByteRange wanted = range.get();
        headers.put("Content-Range", wanted.contentRange(version.size()));
        return new Reply(
                Reply.PARTIAL, headers, wanted.length(), () -> store.read(version, wanted.first(), wanted.length()));
    }

    private Optional<ByteRange> range(S3Request request, StoredVersion version, Map<String, String> headers)
            throws S3Error {
        if (request.has("partNumber")) {
            if (request.header("range").isPresent()) {
                throw new S3Error(
                        ErrorCode.INVALID_REQUEST, "Cannot specify both Range header and partNumber query parameter");
            }
            int number = request.number("partNumber", 1, 1, PARTS_MAX);
            List<Segment> segments = store.segments(version);
            if (number > segments.size()) {
                throw new S3Error(ErrorCode.INVALID_PART_NUMBER, "The requested partnumber is not satisfiable");
            }
            if (version.parts() > 0) {
                headers.put("x-amz-mp-parts-count", Integer.toString(version.parts()));
            }
            long first = segments.subList(0, number - 1).stream()
                    .mapToLong(Segment::size)
                    .sum();
            long length = segments.get(number - 1).size();
            return length == 0 ? Optional.empty() : Optional.of(new ByteRange(first, length));
        }
        Optional<String> header = request.header("range");
        return header.isPresent() ? ByteRange.of(header.get(), version.size()) : Optional.empty();
    }

    private static Map<String, String> describe(S3Request request, StoredVersion version) throws S3Error {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "binary/octet-stream");
        headers.putAll(version.attributes().headers());
        for (String name : Given.KEPT) {
            Optional<String> override = request.parameter("response-" + name.toLowerCase(Locale.ROOT));
            if (override.isPresent()) {
                headers.put(name, printable(override.get()));
            }
        }
        headers.put("ETag", "\"" + version.etag() + "\"");
        headers.put("Last-Modified", Times.http(version.modified()));
        headers.put("Accept-Ranges", "bytes");
        headers.put("x-amz-version-id", version.object().versionId());
        version.attributes().metadata().forEach((name, value) -> headers.put("x-amz-meta-" + name, worded(value)));
        int tags = version.attributes().tags().size();
        if (tags > 0) {
            headers.put("x-amz-tagging-count", Integer.toString(tags));
        }
        return headers;
    }

    private static String printable(String value) throws S3Error {
        if (!isPrintable(value)) {
            throw S3Error.invalidArgument("a header value has printable ASCII only", "response-*", value);
        }
        return value;
    }

    private static boolean isPrintable(String value) {
        return value.chars().allMatch(character -> character >= SPACE && character <= TILDE);
    }

    /** A value that is not ASCII is given back as S3 does, as an encoded word (RFC 2047). */
    private static String worded(String value) {
        return isPrintable(value)
                ? value
                : "=?UTF-8?B?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    Reply attributes(S3Request request) throws S3Error {
        StoredVersion version = Versions.wanted(store, request);
        Set<String> wanted = new TreeSet<>();
        for (String name : request.header("x-amz-object-attributes").orElse("").split(",", -1)) {
            if (!ATTRIBUTES.contains(name.strip())) {
                throw S3Error.invalidArgument(
                        "Invalid attribute name specified.", "x-amz-object-attributes", name.strip());
            }
            wanted.add(name.strip());
        }
        Xml xml = Xml.s3("GetObjectAttributesResponse");
        if (wanted.contains("ETag")) {
            xml.text("ETag", version.etag());
        }
        if (wanted.contains("Checksum") && version.checksum().isPresent()) {
            Checksum checksum = version.checksum().get();
            xml.nested(
                    "Checksum",
                    each -> each.text(checksum.algorithm().element(), checksum.value())
                            .text("ChecksumType", checksum.type().name()));
        }
        if (wanted.contains("ObjectParts") && version.parts() > 0) {
            int limit = Paging.header(request, "x-amz-max-parts", ATTRIBUTE_PARTS);
            int after = Paging.header(request, "x-amz-part-number-marker", 0);
            xml.nested("ObjectParts", each -> parts(each, store.segments(version), limit, after));
        }
        if (wanted.contains("StorageClass")) {
            xml.text("StorageClass", "STANDARD");
        }
        if (wanted.contains("ObjectSize")) {
            xml.text("ObjectSize", version.size());
        }
        return Reply.xml(xml)
                .with("Last-Modified", Times.http(version.modified()))
                .with("x-amz-version-id", version.object().versionId());
    }

    private static void parts(Xml xml, List<Segment> segments, int limit, int after) {
        int last = Math.min(segments.size(), after + Math.min(limit, ATTRIBUTE_PARTS));
        xml.text("PartsCount", segments.size())
                .text("PartNumberMarker", after)
                .text("NextPartNumberMarker", last)
                .text("MaxParts", limit)
                .text("IsTruncated", last < segments.size());
        for (int number = after + 1; number <= last; number++) {
            Segment segment = segments.get(number - 1);
            int shown = number;
            segment.checksum()
                    .ifPresent(checksum -> xml.nested(
                            "Part",
                            part -> part.text("PartNumber", shown)
                                    .text("Size", segment.size())
                                    .text(checksum.algorithm().element(), checksum.value())));
        }
    }
}
