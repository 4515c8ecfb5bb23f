package io.hallmark.core.identity;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;

/** The identity of one uploaded object version: {@code SHA-256(bucket ‖ 0 ‖ key ‖ 0 ‖ versionId)}. */
public final class UploadId {

    private UploadId() {}

    public static Sha256 of(ObjectVersion object) {
        return Hashing.sha256(object.bucket() + "\0" + object.key() + "\0" + object.versionId());
    }
}
