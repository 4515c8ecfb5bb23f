package io.hallmark.local.blobs;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.BlobLimits;
import io.hallmark.core.store.Blobs;
import io.hallmark.local.blobs.Listing.Position;
import io.hallmark.local.checksum.Checksum;
import io.hallmark.local.checksum.ChecksumAlgorithm;
import io.hallmark.local.sigv4.Presigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The registry's own way to the object store of this machine; its presigned addresses are those of the S3 door. */
public final class FileBlobs implements Blobs {

    private static final Origin REGISTRY = new Origin("registry", "127.0.0.1", "registry");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ObjectStore store;
    private final Presigner presigner;

    public FileBlobs(ObjectStore store, Presigner presigner) {
        this.store = store;
        this.presigner = presigner;
    }

    @Override
    public Optional<Head> head(ObjectVersion object) {
        return store.version(object).filter(version -> !version.marker()).map(FileBlobs::head);
    }

    @Override
    public Optional<Head> headLatest(String bucket, String key) {
        return store.newest(bucket, key).filter(version -> !version.marker()).map(FileBlobs::head);
    }

    private static Head head(StoredVersion version) {
        Optional<String> sha256 = version.checksum()
                .filter(checksum -> checksum.algorithm() == ChecksumAlgorithm.SHA256
                        && checksum.type() == Checksum.Type.FULL_OBJECT)
                .map(checksum -> HexFormat.of().formatHex(checksum.bytes()));
        return new Head(
                version.object(),
                version.size(),
                version.etag(),
                sha256,
                composite(version),
                version.modified(),
                version.attributes().metadata());
    }

    private static Optional<Composite> composite(StoredVersion version) {
        return version.checksum()
                .filter(checksum ->
                        checksum.algorithm() == ChecksumAlgorithm.SHA256 && checksum.type() == Checksum.Type.COMPOSITE)
                .map(Checksum::value)
                .map(value -> new Composite(
                        digest(Base64.getDecoder().decode(value.substring(0, value.indexOf('-')))), version.parts()));
    }

    private static Sha256 digest(byte[] bytes) {
        return new Sha256(HexFormat.of().formatHex(bytes));
    }

    @Override
    public PartPage parts(ObjectVersion object, int after) throws ObjectGone {
        StoredVersion version =
                store.version(object).filter(found -> !found.marker()).orElseThrow(() -> new ObjectGone(object));
        List<Segment> segments =
                version.parts() > 0 && version.checksum().isPresent() ? store.segments(version) : List.of();
        int end = Math.min(segments.size(), after + BlobLimits.PAGE_MAX);
        List<Part> parts = new ArrayList<>();
        for (int i = after; i < end; i++) {
            Segment segment = segments.get(i);
            parts.add(new Part(
                    i + 1,
                    segment.size(),
                    segment.checksum()
                            .filter(checksum -> checksum.algorithm() == ChecksumAlgorithm.SHA256)
                            .map(checksum -> digest(checksum.bytes()))));
        }
        return new PartPage(parts, end < segments.size() ? Optional.of(end) : Optional.empty());
    }

    /** A list says less of a version than a look at it, here as in S3. */
    private static Head listed(StoredVersion version) {
        return new Head(
                version.object(), version.size(), version.etag(), Optional.empty(), version.modified(), Map.of());
    }

    @Override
    public InputStream open(ObjectVersion object, long offset) throws IOException {
        return open(object, offset, Long.MAX_VALUE);
    }

    @Override
    public InputStream open(ObjectVersion object, long offset, long length) throws IOException {
        BlobLimits.requireRange(offset, length);
        StoredVersion version =
                store.version(object).filter(found -> !found.marker()).orElseThrow(() -> new ObjectGone(object));
        long from = Math.min(offset, version.size());
        try {
            return store.read(version, from, Math.min(length, version.size() - from));
        } catch (NoSuchFileException erasedMeanwhile) {
            throw new ObjectGone(object);
        }
    }

    @Override
    public PutResult put(
            String bucket, String key, byte[] bytes, Map<String, String> metadata, PutCondition condition) {
        BlobLimits.requirePut(key, bytes, metadata);
        Attributes attributes = new Attributes(metadata, Map.of(), Map.of());
        try (Received content =
                store.receive(new ByteArrayInputStream(bytes), BlobLimits.PUT_BYTES_MAX, Optional.empty())) {
            return store.put(bucket, key, content, attributes, condition, ObjectEvent.PUT, REGISTRY)
                    .match(new Answer());
        } catch (IOException failure) {
            throw new RegistryFailure.Unavailable(
                    "the disk did not take " + bytes.length + " bytes: " + failure.getMessage(), RETRY_AFTER, failure);
        }
    }

    private record Answer() implements WriteResult.Cases<PutResult> {
        @Override
        public PutResult stored(StoredVersion version) {
            return new PutResult.Stored(version.object(), version.etag());
        }

        @Override
        public PutResult refused(Optional<StoredVersion> newest) {
            return new PutResult.Refused();
        }

        @Override
        public PutResult noBucket(String name) {
            throw new RegistryFailure.NotFound("bucket", name);
        }
    }

    @Override
    public VersionPage listVersions(String bucket, String prefix, int limit, Optional<String> after) {
        BlobLimits.requirePage(limit);
        Position from = after.map(Position::read).orElse(Position.start());
        Listing.Result result = store.listing().versions(new Listing.Query(bucket, prefix, "", from, limit));
        List<Head> heads = result.entries().stream()
                .filter(version -> !version.marker())
                .map(FileBlobs::listed)
                .toList();
        return new VersionPage(heads, result.next().map(Position::token));
    }

    @Override
    public URI presignGet(ObjectVersion object, Duration expiresIn) {
        Map<String, String> query = Map.of("versionId", object.versionId());
        return presigner.presign("GET", object.bucket(), object.key(), query, expiresIn);
    }

    @Override
    public URI presignPut(String bucket, String key, Duration expiresIn) {
        return presigner.presign("PUT", bucket, key, Map.of(), expiresIn);
    }
}
