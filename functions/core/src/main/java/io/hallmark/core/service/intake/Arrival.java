package io.hallmark.core.service.intake;

import io.hallmark.core.model.Trace;
import java.time.Instant;
import java.util.Optional;

/**
 * News of one uploaded object version.
 *
 * @param key as the channel spelled it
 * @param versionId empty if the bucket keeps no versions
 * @param origin what the channel says of the upload beside its place
 */
public record Arrival(String bucket, String key, Spelling spelling, Optional<String> versionId, Origin origin) {

    /** News that says nothing but what was uploaded. */
    public Arrival(String bucket, String key, Spelling spelling, Optional<String> versionId) {
        this(bucket, key, spelling, versionId, Origin.UNKNOWN);
    }

    /**
     * Where news comes from.
     *
     * @param at when the object was uploaded
     * @param trace in which the news came
     */
    public record Origin(Optional<Instant> at, Optional<Trace> trace) {

        public static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty());
    }

    /** How a channel spells keys. */
    public enum Spelling {
        /** As they are: listings, EventBridge. */
        PLAIN,
        /** Form-encoded: S3 notifications. */
        FORM
    }

    /** The version id, unless it says that there is none. */
    public Optional<String> version() {
        return versionId.filter(id -> !id.isEmpty() && !id.equals("null"));
    }
}
