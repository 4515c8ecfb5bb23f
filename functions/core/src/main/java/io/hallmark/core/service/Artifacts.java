package io.hallmark.core.service;

import io.hallmark.core.model.FileEntry;
import io.hallmark.core.store.Blobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether artifact files are still what was registered. */
public final class Artifacts {

    private Artifacts() {}

    /** A sentence per artifact file that is gone or has changed; empty when all is well. */
    public static List<String> broken(Blobs blobs, List<FileEntry> files) {
        List<String> broken = new ArrayList<>();
        for (FileEntry file : files) {
            if (file.role() == FileEntry.Role.ARTIFACT) {
                broken(blobs.head(file.object()), file).ifPresent(broken::add);
            }
        }
        return broken;
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
