package io.hallmark.core.store;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Versioned objects in buckets. Writes are atomic: a reader sees the old object or the new one. Listing is strongly
 * consistent. A store that does not answer throws {@link io.hallmark.core.failure.RegistryFailure.Unavailable}.
 */
public interface Blobs {

    /** What is known of one object version without reading it; empty if that version is gone. */
    Optional<Head> head(ObjectVersion object);

    /** The newest version of a key; empty if there is none or it was deleted. */
    Optional<Head> headLatest(String bucket, String key);

    /**
     * Up to {@link BlobLimits#PAGE_MAX} parts of an object version that was uploaded in parts with a checksum each, in
     * order; none for anything else. S3 tells the parts of no other upload.
     *
     * @param after the number of the part before the first one wanted, 0 for the start
     * @throws ObjectGone if that version is gone
     */
    PartPage parts(ObjectVersion object, int after) throws ObjectGone;

    /**
     * The bytes of one object version from an offset on, as a stream that the caller closes.
     *
     * @param offset the first byte wanted, 0 for all; at or beyond the end there are none
     * @throws ObjectGone if that version is gone
     * @throws IOException if the bytes cannot be read to the end; the stream may throw it too
     */
    InputStream open(ObjectVersion object, long offset) throws IOException;

    /**
     * A range of the bytes of one object version: exactly {@code length} from an offset on, fewer only where the object ends
     * before. The caller closes the stream.
     *
     * @param offset the first byte wanted; at or beyond the end there are none
     * @param length at least 1
     * @throws ObjectGone if that version is gone
     * @throws IOException if the bytes cannot be read to the end; the stream may throw it too
     */
    InputStream open(ObjectVersion object, long offset, long length) throws IOException;

    /**
     * Stores a small object if the condition holds of the newest version. A deleted key counts as absent. Limits are
     * those of {@link BlobLimits}.
     *
     * @throws io.hallmark.core.failure.RegistryFailure.NotFound if there is no such bucket
     */
    PutResult put(String bucket, String key, byte[] bytes, Map<String, String> metadata, PutCondition condition);

    /**
     * All versions under a prefix, delete markers left out, keys ascending by bytes, newest version of a key first. The
     * heads of a list have no metadata and no checksums; {@link #head} has. A page may be shorter than the limit, or empty, and still have a next one.
     *
     * @param limit 1 to {@link BlobLimits#PAGE_MAX}
     * @param after what {@link VersionPage#next} of the page before said
     * @throws io.hallmark.core.failure.RegistryFailure.NotFound if there is no such bucket
     */
    VersionPage listVersions(String bucket, String prefix, int limit, Optional<String> after);

    /** An address from which anyone may read this object version until it expires. */
    URI presignGet(ObjectVersion object, Duration expiresIn);

    /** An address to which anyone may PUT one object under this key until it expires. */
    URI presignPut(String bucket, String key, Duration expiresIn);

    /**
     * What the store says of an object version.
     *
     * @param size bytes
     * @param etag as the store gives it, without quotes; an MD5 only for some uploads, so never an identity
     * @param sha256 the whole object's SHA-256 in hex, when the store itself verified one at upload
     * @param composite of a multipart upload, when the store itself verified the SHA-256 of every part
     * @param metadata {@code x-amz-meta-*} without the prefix, names in lower case
     */
    record Head(
            ObjectVersion object,
            long size,
            String etag,
            Optional<String> sha256,
            Optional<Composite> composite,
            Instant lastModified,
            Map<String, String> metadata) {

        public Head {
            metadata = Map.copyOf(metadata);
        }

        /** The head of an object that did not come in verified parts. */
        public Head(
                ObjectVersion object,
                long size,
                String etag,
                Optional<String> sha256,
                Instant lastModified,
                Map<String, String> metadata) {
            this(object, size, etag, sha256, Optional.empty(), lastModified, metadata);
        }
    }

    /**
     * What S3 calls a checksum of the type COMPOSITE.
     *
     * @param digest SHA-256 of the concatenated SHA-256 of the parts
     * @param parts how many there are, 1 to 10,000
     */
    record Composite(Sha256 digest, int parts) {}

    /**
     * One part of a multipart upload.
     *
     * @param number as uploaded, 1 to 10,000; ascending, not always without gaps
     * @param size bytes
     * @param sha256 if the store verified one at upload
     */
    record Part(int number, long size, Optional<Sha256> sha256) {}

    /** A page of parts; {@code next} is what the following page starts after. */
    record PartPage(List<Part> parts, Optional<Integer> next) {

        public PartPage {
            parts = List.copyOf(parts);
        }
    }

    /** A page of versions. */
    record VersionPage(List<Head> versions, Optional<String> next) {

        public VersionPage {
            versions = List.copyOf(versions);
        }
    }

    /** On what a put depends. */
    sealed interface PutCondition {

        static PutCondition none() {
            return new Anything();
        }

        /** There is no object under the key (If-None-Match: *). */
        static PutCondition absent() {
            return new IfAbsent();
        }

        /** The newest version has this etag (If-Match). */
        static PutCondition matches(String etag) {
            return new IfMatches(etag);
        }

        <T> T match(Cases<T> cases);

        /** One answer per kind of condition. */
        interface Cases<T> {
            T anything();

            T absent();

            T matches(String etag);
        }

        /** No condition. */
        record Anything() implements PutCondition {
            @Override
            public <T> T match(Cases<T> cases) {
                return cases.anything();
            }
        }

        /** If-None-Match: *. */
        record IfAbsent() implements PutCondition {
            @Override
            public <T> T match(Cases<T> cases) {
                return cases.absent();
            }
        }

        /** If-Match. */
        record IfMatches(String etag) implements PutCondition {
            @Override
            public <T> T match(Cases<T> cases) {
                return cases.matches(etag);
            }
        }
    }

    /** What became of a put: stored as a new version, or refused by its condition. */
    sealed interface PutResult {

        /** Stored. */
        record Stored(ObjectVersion object, String etag) implements PutResult {}

        /** The condition did not hold; nothing changed. */
        record Refused() implements PutResult {}
    }

    /** That object version does not exist (any more). */
    final class ObjectGone extends IOException {
        private static final long serialVersionUID = 1L;

        public ObjectGone(ObjectVersion object) {
            super("there is no version " + object.versionId() + " of " + object.key() + " in " + object.bucket());
        }
    }
}
