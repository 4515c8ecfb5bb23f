package io.hallmark.core.promotion;

import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.version.VersionRecord;
import java.util.List;

/** Pins versions. */
public final class Pins {

    private Pins() {}

    /** The version pinned by number, digest and place: its only artifact file, or else its manifest. */
    public static VersionRef pin(VersionRecord version) {
        List<FileEntry> artifacts = version.files().stream()
                .filter(file -> file.role() == FileEntry.Role.ARTIFACT)
                .toList();
        ObjectVersion at = artifacts.size() == 1 ? artifacts.get(0).object() : version.source();
        String place = "s3://" + at.bucket() + "/" + at.key() + "?versionId=" + at.versionId();
        return new VersionRef(version.number(), version.version(), version.artifactDigest(), place);
    }
}
