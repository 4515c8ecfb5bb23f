package io.hallmark.local.door.s3;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.local.blobs.Listing;
import io.hallmark.local.blobs.Listing.Position;
import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.blobs.StoredVersion;
import io.hallmark.local.checksum.Checksum;
import io.hallmark.local.sigv4.UriText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Lists of objects and of their versions. */
final class ListOperations {

    private static final int KEYS_MAX = 1000;

    private final ObjectStore store;

    ListOperations(ObjectStore store) {
        this.store = store;
    }

    Reply objectsV2(S3Request request) throws S3Error {
        if (!request.parameter("list-type").orElse("").equals("2")) {
            throw S3Error.invalidArgument(
                    "Invalid List Type specified in Request",
                    "list-type",
                    request.parameter("list-type").orElse(""));
        }
        Optional<String> token = request.parameter("continuation-token");
        Optional<String> startAfter = request.parameter("start-after").filter(text -> !text.isEmpty());
        Position from = token.isPresent() ? position(token.get()) : startAfter(request, startAfter);
        Listing.Query query = query(request, from);
        Listing.Result page = store.listing().objects(query);
        UnaryOperator<String> name = naming(request);
        boolean owner = request.parameter("fetch-owner").orElse("").equals("true");
        Xml xml = head(request, "ListBucketResult", query, name)
                .text("KeyCount", page.entries().size() + page.commonPrefixes().size());
        token.ifPresent(text -> xml.text("ContinuationToken", text));
        startAfter.ifPresent(text -> xml.text("StartAfter", name.apply(text)));
        xml.text("IsTruncated", page.next().isPresent());
        page.next().ifPresent(next -> xml.text("NextContinuationToken", token(next)));
        contents(xml, page, name, owner);
        return Reply.xml(xml);
    }

    Reply objects(S3Request request) throws S3Error {
        Optional<String> marker = request.parameter("marker").filter(text -> !text.isEmpty());
        Listing.Query query = query(request, startAfter(request, marker));
        Listing.Result page = store.listing().objects(query);
        UnaryOperator<String> name = naming(request);
        Xml xml = head(request, "ListBucketResult", query, name)
                .text("Marker", name.apply(marker.orElse("")))
                .text("IsTruncated", page.next().isPresent());
        if (page.next().isPresent()) {
            xml.text("NextMarker", name.apply(page.last()));
        }
        contents(xml, page, name, true);
        return Reply.xml(xml);
    }

    Reply versions(S3Request request) throws S3Error {
        Optional<String> keyMarker = request.parameter("key-marker").filter(text -> !text.isEmpty());
        Optional<String> versionMarker = request.parameter("version-id-marker").filter(text -> !text.isEmpty());
        if (versionMarker.isPresent() && keyMarker.isEmpty()) {
            throw S3Error.invalidArgument(
                    "A version-id marker cannot be specified without a key marker.",
                    "version-id-marker",
                    versionMarker.get());
        }
        Position from = versionMarker.isPresent()
                ? versionPosition(request.bucket(), keyMarker.orElse(""), versionMarker.get())
                : startAfter(request, keyMarker);
        Listing.Query query = query(request, from);
        Listing.Result page = store.listing().versions(query);
        UnaryOperator<String> name = naming(request);
        Xml xml = head(request, "ListVersionsResult", query, name)
                .text("KeyMarker", name.apply(keyMarker.orElse("")))
                .text("VersionIdMarker", versionMarker.orElse(""))
                .text("IsTruncated", page.next().isPresent());
        if (page.next().isPresent()) {
            nextVersion(xml, page, name);
        }
        String previous = from.insideKey().orElse("");
        for (StoredVersion version : page.entries()) {
            boolean latest = !version.object().key().equals(previous);
            previous = version.object().key();
            version(xml, version, latest, name);
        }
        prefixes(xml, page, name);
        return Reply.xml(xml);
    }

    /**
     * The marker of the next page is the version id with its place behind it, so that a client which deletes what it
     * listed before it asks for more still gets all of the rest.
     */
    private static void nextVersion(Xml xml, Listing.Result page, UnaryOperator<String> name) {
        String last = page.last();
        xml.text("NextKeyMarker", name.apply(last));
        page.entries().stream()
                .filter(version -> version.object().key().equals(last))
                .reduce((first, second) -> second)
                .ifPresent(version ->
                        xml.text("NextVersionIdMarker", version.object().versionId() + "." + version.sequence()));
    }

    private Position versionPosition(String bucket, String key, String marker) throws S3Error {
        int dot = marker.indexOf('.');
        if (dot >= 0 && marker.substring(dot + 1).matches("\\d{1,18}")) {
            return Position.inside(key, Long.parseLong(marker.substring(dot + 1)));
        }
        return store.version(new ObjectVersion(bucket, key, marker))
                .map(Position::after)
                .orElseThrow(
                        () -> S3Error.invalidArgument("Invalid version id specified", "version-id-marker", marker));
    }

    private static void version(Xml xml, StoredVersion version, boolean latest, UnaryOperator<String> name) {
        xml.nested(version.marker() ? "DeleteMarker" : "Version", each -> {
            each.text("Key", name.apply(version.object().key()))
                    .text("VersionId", version.object().versionId())
                    .text("IsLatest", latest)
                    .text("LastModified", Times.iso(version.modified()));
            if (!version.marker()) {
                each.text("ETag", quoted(version.etag()));
                checksum(each, version);
                each.text("Size", version.size()).text("StorageClass", "STANDARD");
            }
            owner(each);
        });
    }

    private static void contents(Xml xml, Listing.Result page, UnaryOperator<String> name, boolean owner) {
        for (StoredVersion version : page.entries()) {
            xml.nested("Contents", each -> {
                each.text("Key", name.apply(version.object().key()))
                        .text("LastModified", Times.iso(version.modified()))
                        .text("ETag", quoted(version.etag()));
                checksum(each, version);
                each.text("Size", version.size()).text("StorageClass", "STANDARD");
                if (owner) {
                    owner(each);
                }
            });
        }
        prefixes(xml, page, name);
    }

    private static void checksum(Xml xml, StoredVersion version) {
        Optional<Checksum> checksum = version.checksum();
        checksum.ifPresent(
                each -> xml.text("ChecksumAlgorithm", each.algorithm().name())
                        .text("ChecksumType", each.type().name()));
    }

    private static void owner(Xml xml) {
        xml.nested("Owner", owner -> owner.text("ID", S3Door.OWNER).text("DisplayName", "hallmark"));
    }

    private static void prefixes(Xml xml, Listing.Result page, UnaryOperator<String> name) {
        for (String prefix : page.commonPrefixes()) {
            xml.nested("CommonPrefixes", each -> each.text("Prefix", name.apply(prefix)));
        }
    }

    private static Xml head(S3Request request, String root, Listing.Query query, UnaryOperator<String> name) {
        Xml xml = Xml.s3(root).text("Name", request.bucket()).text("Prefix", name.apply(query.prefix()));
        if (!query.delimiter().isEmpty()) {
            xml.text("Delimiter", name.apply(query.delimiter()));
        }
        xml.text("MaxKeys", query.limit());
        request.parameter("encoding-type").ifPresent(type -> xml.text("EncodingType", type));
        return xml;
    }

    private static Listing.Query query(S3Request request, Position from) throws S3Error {
        int limit = Math.min(KEYS_MAX, request.number("max-keys", KEYS_MAX, 0, Integer.MAX_VALUE));
        return new Listing.Query(
                request.bucket(),
                request.parameter("prefix").orElse(""),
                request.parameter("delimiter").orElse(""),
                from,
                limit);
    }

    /** Behind a marker; one that is itself a common prefix of this list stands for all keys below it. */
    private static Position startAfter(S3Request request, Optional<String> marker) {
        if (marker.isEmpty()) {
            return Position.start();
        }
        String delimiter = request.parameter("delimiter").orElse("");
        String prefix = request.parameter("prefix").orElse("");
        boolean rolledUp = !delimiter.isEmpty()
                && marker.get().startsWith(prefix)
                && marker.get().endsWith(delimiter)
                && marker.get().length() > prefix.length();
        return rolledUp ? Position.afterPrefix(marker.get()) : Position.after(marker.get());
    }

    /** How names are written: as they are, or percent-encoded if the client asked for it. */
    static UnaryOperator<String> naming(S3Request request) throws S3Error {
        Optional<String> type = request.parameter("encoding-type");
        if (type.isPresent() && !type.get().equals("url")) {
            throw S3Error.invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", type.get());
        }
        return type.isPresent() ? UriText::encodePath : UnaryOperator.identity();
    }

    private static String quoted(String etag) {
        return "\"" + etag + "\"";
    }

    private static String token(Position position) {
        return Base64.getUrlEncoder().encodeToString(position.token().getBytes(StandardCharsets.US_ASCII));
    }

    private static Position position(String token) throws S3Error {
        try {
            return Position.read(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException notOurs) {
            throw S3Error.invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
        }
    }
}
