package io.hallmark.core.service.hash;

import io.hallmark.core.model.Digests;
import io.hallmark.core.model.Sha256;

/** Where the results of hashing go. Both are safe to repeat. */
public interface Findings {

    /** These digests of an upload were computed from its bytes; whatever waited for them goes on. */
    void known(Sha256 uploadId, Digests digests);

    /** The object was deleted before it could be read to its end. */
    void gone(Sha256 uploadId);
}
