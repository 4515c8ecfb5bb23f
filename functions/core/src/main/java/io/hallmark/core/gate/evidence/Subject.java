package io.hallmark.core.gate.evidence;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.VersionNumber;
import java.util.Optional;

/** The version that evidence is about; its bytes are named by their digest. */
public record Subject(
        ModelName model, VersionNumber number, SemanticVersion version, Sha256 artifactDigest, Optional<Sha256> runId) {

    public Json.Obj json() {
        return Json.object()
                .with("model", model.value())
                .with("number", number.value())
                .with("version", version.toString())
                .with("artifactDigest", artifactDigest.hex())
                .withOptional("runId", runId.map(id -> Json.of(id.hex())));
    }

    public static Subject of(Json.Obj row) {
        return new Subject(
                new ModelName(row.text("model")),
                new VersionNumber(row.integer("number")),
                SemanticVersion.parse(row.text("version")),
                new Sha256(row.text("artifactDigest")),
                row.findText("runId").map(Sha256::new));
    }
}
