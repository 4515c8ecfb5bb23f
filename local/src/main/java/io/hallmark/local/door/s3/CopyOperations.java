package io.hallmark.local.door.s3;

import io.hallmark.local.blobs.Attributes;
import io.hallmark.local.blobs.ObjectEvent;
import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.blobs.Origin;
import io.hallmark.local.blobs.Received;
import io.hallmark.local.blobs.StoredVersion;
import io.hallmark.local.blobs.Uploads;
import io.hallmark.local.checksum.Checksum;
import io.hallmark.local.checksum.ChecksumAlgorithm;
import io.hallmark.local.sigv4.UriText;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CopyObject and UploadPartCopy: the bytes go from file to file here, hashed on the way. */
final class CopyOperations {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})");
    private static final String VERSION = "?versionId=";

    private final ObjectStore store;

    CopyOperations(ObjectStore store) {
        this.store = store;
    }

    Reply object(S3Request request, Origin origin) throws IOException {
        WriteOperations.requireKey(request.key());
        StoredVersion source = source(request);
        WriteOperations.requireSize(source.size());
        boolean replaceMetadata = replaces(request, "x-amz-metadata-directive");
        boolean replaceTags = replaces(request, "x-amz-tagging-directive");
        boolean ontoItself = source.object().bucket().equals(request.bucket())
                && source.object().key().equals(request.key());
        if (ontoItself
                && !replaceMetadata
                && !request.header("x-amz-copy-source").orElse("").contains(VERSION)) {
            throw new S3Error(
                    ErrorCode.INVALID_REQUEST,
                    "This copy request is illegal because it is trying to copy an object to itself without changing the"
                            + " object's metadata, storage class, website redirect location or encryption attributes.");
        }
        Attributes given = Given.attributes(request);
        Attributes kept = replaceMetadata ? given : source.attributes();
        Attributes attributes =
                kept.withTags(replaceTags ? given.tags() : source.attributes().tags());
        var condition = Conditions.ofWrite(request);
        try (InputStream in = store.read(source, 0, source.size());
                Received received = store.receive(in, source.size(), algorithm(request, source))) {
            StoredVersion version = WriteOperations.stored(
                    request,
                    store.put(
                            request.bucket(),
                            request.key(),
                            received,
                            attributes,
                            condition,
                            ObjectEvent.COPY,
                            origin));
            return Reply.xml(result("CopyObjectResult", version.etag(), version.checksum(), version.modified()))
                    .with("x-amz-version-id", version.object().versionId())
                    .with("x-amz-copy-source-version-id", source.object().versionId());
        }
    }

    Reply part(S3Request request) throws IOException {
        Uploads.Upload upload = MultipartOperations.upload(store, request);
        int number = MultipartOperations.partNumber(request);
        StoredVersion source = source(request);
        long first = 0;
        long length = source.size();
        Optional<String> header = request.header("x-amz-copy-source-range");
        if (header.isPresent()) {
            Matcher matcher = RANGE.matcher(header.get());
            if (!matcher.matches()) {
                throw S3Error.invalidArgument(
                        "The x-amz-copy-source-range value must be of the form bytes=first-last",
                        "x-amz-copy-source-range",
                        header.get());
            }
            first = Long.parseLong(matcher.group(1));
            length = Long.parseLong(matcher.group(2)) - first + 1;
            if (length < 1 || first + length > source.size()) {
                throw S3Error.invalidArgument(
                        "Range specified is not valid for source object of size: " + source.size(),
                        "x-amz-copy-source-range",
                        header.get());
            }
        }
        WriteOperations.requireSize(length);
        try (InputStream in = store.read(source, first, length);
                Received received =
                        store.receive(in, length, upload.protection().map(Uploads.Protection::algorithm))) {
            Uploads.Part part = store.uploads()
                    .add(upload.id(), number, received)
                    .orElseThrow(() -> S3Error.noSuchUpload(upload.id()));
            return Reply.xml(result("CopyPartResult", part.etag(), part.checksum(), part.modified()))
                    .with("x-amz-copy-source-version-id", source.object().versionId());
        }
    }

    private static Xml result(String root, String etag, Optional<Checksum> checksum, java.time.Instant modified) {
        Xml xml = Xml.s3(root).text("LastModified", Times.iso(modified)).text("ETag", "\"" + etag + "\"");
        checksum.ifPresent(each -> xml.text(each.algorithm().element(), each.value())
                .text("ChecksumType", each.type().name()));
        return xml;
    }

    /** The algorithm asked for, else that of the source. */
    private static Optional<ChecksumAlgorithm> algorithm(S3Request request, StoredVersion source) throws S3Error {
        Optional<String> asked = request.header("x-amz-checksum-algorithm");
        return asked.isPresent()
                ? Optional.of(MultipartOperations.algorithm(asked.get()))
                : source.checksum().map(Checksum::algorithm);
    }

    private StoredVersion source(S3Request request) throws S3Error {
        String header = request.header("x-amz-copy-source").orElse("");
        int mark = header.indexOf(VERSION);
        String name = mark < 0 ? header : header.substring(0, mark);
        Optional<String> versionId =
                mark < 0 ? Optional.empty() : Optional.of(header.substring(mark + VERSION.length()));
        String decoded = UriText.decode(name.startsWith("/") ? name.substring(1) : name)
                .orElseThrow(() -> invalidSource(header));
        int slash = decoded.indexOf('/');
        if (slash < 1 || slash == decoded.length() - 1) {
            throw invalidSource(header);
        }
        String bucket = decoded.substring(0, slash);
        if (store.bucket(bucket).isEmpty()) {
            throw S3Error.noSuchBucket(bucket);
        }
        StoredVersion source = Versions.wanted(store, bucket, decoded.substring(slash + 1), versionId);
        Conditions.checkSource(request, source);
        return source;
    }

    private static S3Error invalidSource(String header) {
        return S3Error.invalidArgument(
                "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
                "x-amz-copy-source",
                header);
    }

    private static boolean replaces(S3Request request, String header) throws S3Error {
        String directive = request.header(header).orElse("COPY");
        return switch (directive) {
            case "COPY" -> false;
            case "REPLACE" -> true;
            default -> throw S3Error.invalidArgument("Unknown directive.", header, directive);
        };
    }
}
