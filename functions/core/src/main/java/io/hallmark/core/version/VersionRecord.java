package io.hallmark.core.version;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.Stage;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A registered version. All but {@code stages} and {@code rev} never changes.
 *
 * @param label free text from the publisher
 * @param artifactDigest of the file, or of the set of files
 * @param size bytes of all artifact files together
 * @param runId empty if the lineage is incomplete
 * @param missing what completeness lacks, by manifest field; empty means complete
 * @param bump how the semantic version was derived, one sentence
 * @param files artifact files, by path; evidence has rows of its own, as it may come later
 * @param manifest as it was given; for a single file without one what its metadata say, or an empty object
 * @param source the object whose arrival completed the version: the manifest, or the single file
 * @param stages how far the version has come, per target
 * @param rev counts rewrites of the row; every rewrite is conditional on it
 * @param elsewhere parts too large for the row: where one is named, {@code files} or {@code manifest} is empty here
 */
public record VersionRecord(
        ModelName model,
        VersionNumber number,
        SemanticVersion version,
        Optional<String> label,
        Sha256 artifactDigest,
        long size,
        Optional<Sha256> runId,
        Optional<Sha256> executionId,
        List<String> missing,
        Bump bump,
        List<FileEntry> files,
        Json.Obj manifest,
        ObjectVersion source,
        Map<TargetName, Stage> stages,
        Instant createdAt,
        long rev,
        Elsewhere elsewhere) {

    public VersionRecord {
        missing = List.copyOf(missing);
        files = List.copyOf(files);
        stages = Map.copyOf(stages);
    }

    /** A version all of which is in its row. */
    public VersionRecord(
            ModelName model,
            VersionNumber number,
            SemanticVersion version,
            Optional<String> label,
            Sha256 artifactDigest,
            long size,
            Optional<Sha256> runId,
            Optional<Sha256> executionId,
            List<String> missing,
            Bump bump,
            List<FileEntry> files,
            Json.Obj manifest,
            ObjectVersion source,
            Map<TargetName, Stage> stages,
            Instant createdAt,
            long rev) {
        this(
                model,
                number,
                version,
                label,
                artifactDigest,
                size,
                runId,
                executionId,
                missing,
                bump,
                files,
                manifest,
                source,
                stages,
                createdAt,
                rev,
                Elsewhere.NOTHING);
    }

    /** Whether every part of the lineage that identity needs is there. */
    public boolean lineageComplete() {
        return missing.isEmpty();
    }

    /** Which parts are blobs in the registry's bucket, by the SHA-256 of their canonical JSON. */
    public record Elsewhere(Optional<Sha256> files, Optional<Sha256> manifest) {

        public static final Elsewhere NOTHING = new Elsewhere(Optional.empty(), Optional.empty());
    }

    /** Which part of the semantic version rose, and why. */
    public record Bump(Kind kind, String reason) {

        /** Parts of a semantic version, the least first. */
        public enum Kind {
            PATCH,
            MINOR,
            MAJOR
        }
    }
}
