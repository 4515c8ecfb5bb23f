package io.hallmark.core.service.intake;

import java.util.Optional;

/**
 * News of one uploaded object version.
 *
 * @param key as the channel spelled it
 * @param versionId empty if the bucket keeps no versions
 */
public record Arrival(String bucket, String key, Spelling spelling, Optional<String> versionId) {

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
