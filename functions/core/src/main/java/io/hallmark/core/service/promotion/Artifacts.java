package io.hallmark.core.service.promotion;

import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.version.VersionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a version's bytes are still what was registered. */
final class Artifacts {

    private Artifacts() {}

    /** A sentence per artifact file that is gone or has changed; empty when all is well. */
    static List<String> broken(Parts parts, VersionRecord version) {
        List<String> broken = new ArrayList<>();
        for (FileEntry file : version.files()) {
            if (file.role() == FileEntry.Role.ARTIFACT) {
                broken(parts.blobs().head(file.object()), file).ifPresent(broken::add);
            }
        }
        return broken;
    }

    /** The same for a version that a promotion or rollback has pinned. */
    static List<String> broken(Parts parts, ModelName model, VersionRef pinned) {
        return VersionRows.find(parts.table(), model, pinned.number())
                .filter(version -> version.artifactDigest().equals(pinned.sha256()))
                .map(version -> broken(parts, version))
                .orElse(List.of("version " + pinned.version() + " is not registered with sha256 "
                        + pinned.sha256().hex()));
    }

    private static Optional<String> broken(Optional<Blobs.Head> head, FileEntry file) {
        if (head.isEmpty()) {
            return Optional.of(file.path() + " is gone");
        }
        if (head.get().size() != file.size()) {
            return Optional.of(file.path() + " has " + head.get().size() + " bytes, registered with " + file.size());
        }
        return head.get()
                .sha256()
                .filter(stored -> !stored.equals(file.sha256().hex()))
                .map(stored -> file.path() + " has sha256 " + stored + ", registered with "
                        + file.sha256().hex());
    }
}
