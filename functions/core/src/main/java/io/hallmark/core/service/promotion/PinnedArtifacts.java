package io.hallmark.core.service.promotion;

import io.hallmark.core.model.ModelName;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.service.Artifacts;
import io.hallmark.core.store.VersionRows;
import java.util.List;
import java.util.stream.Stream;

/** Whether the bytes of a version that a promotion or rollback has pinned are still what was registered. */
final class PinnedArtifacts {

    private PinnedArtifacts() {}

    /** A sentence per artifact file that is gone or has changed; empty when all is well. */
    static List<String> broken(Parts parts, ModelName model, VersionRef pinned) {
        return VersionRows.find(parts.table(), model, pinned.number())
                .filter(version -> version.artifactDigest().equals(pinned.sha256()))
                .map(version -> Stream.concat(
                                Artifacts.broken(parts.blobs(), version.files()).stream(),
                                parts.gates().integrity(version).contradicted().stream())
                        .toList())
                .orElse(List.of("version " + pinned.version() + " is not registered with sha256 "
                        + pinned.sha256().hex()));
    }
}
