package io.hallmark.core.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.VersionNumber;

/**
 * One version, pinned by number and digest: a rollback names this, never a role such as "the previous one".
 *
 * @param artifact where a serving instance finds the bytes, {@code s3://bucket/key?versionId=…}: the file, or the manifest
 *     of a set
 */
public record VersionRef(VersionNumber number, SemanticVersion version, Sha256 sha256, String artifact) {

    public Json.Obj json() {
        return Json.object()
                .with("number", number.value())
                .with("version", version.toString())
                .with("artifact", artifact)
                .with("sha256", sha256.hex());
    }

    public static VersionRef of(Json.Obj row) {
        return new VersionRef(
                new VersionNumber(row.integer("number")),
                SemanticVersion.parse(row.text("version")),
                new Sha256(row.text("sha256")),
                row.text("artifact"));
    }
}
