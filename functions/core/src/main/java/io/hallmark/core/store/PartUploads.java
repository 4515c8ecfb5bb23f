package io.hallmark.core.store;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Uploads that bind their SHA-256: whole objects, and objects in parts whose checksum is of the type COMPOSITE (S3 user
 * guide, "Checking object integrity"). The store refuses bytes with another digest than the one an address was signed for,
 * and nobody sees an object before it is complete. A store that does not answer throws
 * {@link io.hallmark.core.failure.RegistryFailure.Unavailable}.
 */
public interface PartUploads {

    /** Of every part but the last, in bytes (S3 user guide, "Amazon S3 multipart upload limits"). */
    long PART_BYTES_MIN = 5L << 20;

    /** The longest list of parts at once. */
    int PAGE_MAX = 1000;

    /**
     * Begins an upload.
     *
     * @param metadata {@code x-amz-meta-*} without the prefix, fixed from now on
     * @throws io.hallmark.core.failure.RegistryFailure.NotFound if there is no such bucket
     */
    Session begin(String bucket, String key, Map<String, String> metadata);

    /** The upload of this key that was begun last and is neither completed nor aborted. */
    Optional<Session> running(String bucket, String key);

    /** An address for one part. Its headers are part of the signature, so whoever uses it has to send them. */
    SignedPut presignPart(Session session, int number, Sha256 sha256, Duration expiresIn);

    /** An address for a whole object of this digest, which needs no session. */
    SignedPut presignWhole(String bucket, String key, Sha256 sha256, Duration expiresIn);

    /**
     * Up to {@link #PAGE_MAX} parts that are there, ascending.
     *
     * @param after the number before the first one wanted, 0 for the start
     * @throws io.hallmark.core.failure.RegistryFailure.NotFound if the upload is over
     */
    List<Part> parts(Session session, int after);

    /**
     * Makes an object of these parts, in this order; others are thrown away.
     *
     * @throws io.hallmark.core.failure.RegistryFailure.NotFound if the upload is over
     * @throws io.hallmark.core.failure.RegistryFailure.Conflict {@code PART_REPLACED} if one of them is not there as given
     * @throws io.hallmark.core.failure.RegistryFailure.Invalid {@code PART_TOO_SMALL} if one that is not the last has
     *     fewer than {@link #PART_BYTES_MIN} bytes
     */
    Completed complete(Session session, List<Part> parts);

    /** The newest object of this key, if it came in parts. */
    Optional<Completed> completed(String bucket, String key);

    /** Throws an upload away, with its parts; nothing happens if it is over already. */
    void abort(Session session);

    /** One upload that was begun. The store gave the id. */
    record Session(String bucket, String key, String id) {}

    /**
     * A part that is there.
     *
     * @param number 1 to 10,000
     * @param size bytes
     * @param sha256 as the store verified it
     */
    record Part(int number, long size, String etag, Sha256 sha256) {}

    /** Where to PUT, and which headers to send. */
    record SignedPut(URI url, Map<String, String> headers) {

        /** The header that carries the digest, in base64. */
        public static final String CHECKSUM = "x-amz-checksum-sha256";

        public SignedPut {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * An object that came in parts.
     *
     * @param size bytes
     * @param composite SHA-256 of the concatenated SHA-256 of its parts
     * @param parts how many there are
     */
    record Completed(ObjectVersion object, long size, Sha256 composite, int parts) {}
}
