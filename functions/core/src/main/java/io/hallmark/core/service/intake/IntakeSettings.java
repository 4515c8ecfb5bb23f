package io.hallmark.core.service.intake;

import java.time.Duration;
import java.util.Set;

/**
 * What intake has to be told.
 *
 * @param buckets from which uploads are taken
 * @param registryBucket the registry's own, for lists too large for a row
 * @param artifactBytesMax the largest file that is taken in
 * @param inlineBytesMax the largest file that is read while it is taken in; larger ones are hashed behind
 * @param manifestWait how long files wait for their manifest, and a manifest for its files
 */
public record IntakeSettings(
        Set<String> buckets, String registryBucket, long artifactBytesMax, long inlineBytesMax, Duration manifestWait) {

    /** 10,000 leaves of 4 GiB: S3 takes no more parts, and clients send none that are larger. */
    public static final long ARTIFACT_BYTES_MAX = 10_000L * (4L << 30);

    /** Some seconds of reading. */
    public static final long INLINE_BYTES_MAX = 1L << 30;

    /** What one function can read in its fifteen minutes with room to spare. */
    public static final long SCAN_BYTES_MAX = 20L << 30;

    public static final Duration MANIFEST_WAIT = Duration.ofHours(24);

    public IntakeSettings {
        buckets = Set.copyOf(buckets);
    }

    public static IntakeSettings of(String artifactBucket, String registryBucket) {
        return new IntakeSettings(
                Set.of(artifactBucket), registryBucket, ARTIFACT_BYTES_MAX, INLINE_BYTES_MAX, MANIFEST_WAIT);
    }
}
