package io.hallmark.core.identity;

import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The digest of what a version consists of. Of one lone file it is the file's own, as {@code sha256sum} prints it. */
public final class ArtifactDigest {

    /** Paths in the order of their UTF-8 bytes. */
    public static final Comparator<String> BY_BYTES = (left, right) ->
            Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

    private ArtifactDigest() {}

    /**
     * The digest of a set: SHA-256 of the canonical JSON array of {@code {path, size, sha256}}, sorted by path bytes. A set
     * of one file has the digest of the file.
     */
    public static Sha256 of(List<FileEntry> files) {
        if (files.size() == 1) {
            return files.get(0).sha256();
        }
        List<Json> entries = files.stream()
                .sorted(Comparator.comparing(FileEntry::path, BY_BYTES))
                .<Json>map(file -> Json.object()
                        .with("path", file.path())
                        .with("size", file.size())
                        .with("sha256", file.sha256().hex()))
                .toList();
        return Hashing.sha256(CanonicalJson.bytes(Json.array(entries)));
    }
}
