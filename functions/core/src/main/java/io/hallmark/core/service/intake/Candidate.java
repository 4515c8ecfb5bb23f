package io.hallmark.core.service.intake;

import io.hallmark.core.identity.ArtifactDigest;
import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.store.SetRows;
import java.util.List;
import java.util.Optional;

/**
 * Everything a version needs has arrived.
 *
 * @param upload the ledger entry whose object completes the version: the lone file, or the manifest
 * @param set of a manifest, the folder it speaks for
 */
record Candidate(
        ModelName model, Manifest manifest, List<FileEntry> files, UploadRecord upload, Optional<SetRows.SetName> set) {

    Sha256 artifactDigest() {
        return ArtifactDigest.of(files);
    }

    long size() {
        return files.stream().mapToLong(FileEntry::size).sum();
    }
}
