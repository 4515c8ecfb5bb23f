package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Digests;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.Stage;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.model.Vouched;
import io.hallmark.core.version.VersionRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Version rows: one item per version, rewritten only where a stage moves. */
public final class VersionRows {

    private static final String REV = "rev";

    private VersionRows() {}

    public static Optional<VersionRecord> find(Table table, ModelName model, VersionNumber number) {
        return table.get(Keys.version(model, number)).map(VersionRows::decode);
    }

    /** The write that stores a new version. */
    public static Write insert(VersionRecord version) {
        return Write.put(encode(version), Condition.absent());
    }

    /** The write that moves this version to a stage on a target, if its row is still the one that was read. */
    public static Write moveStage(VersionRecord read, TargetName target, Stage stage) {
        Map<TargetName, Stage> stages = new LinkedHashMap<>(read.stages());
        stages.put(target, stage);
        VersionRecord moved = new VersionRecord(
                read.model(),
                read.number(),
                read.version(),
                read.label(),
                read.artifactDigest(),
                read.size(),
                read.runId(),
                read.executionId(),
                read.missing(),
                read.bump(),
                read.files(),
                read.manifest(),
                read.source(),
                stages,
                read.createdAt(),
                read.rev() + 1,
                read.elsewhere());
        return Write.put(encode(moved), Condition.equal(REV, Json.of(read.rev())));
    }

    public static Item encode(VersionRecord version) {
        Json.Obj stages = Json.object();
        for (var stage : new java.util.TreeMap<>(texts(version.stages())).entrySet()) {
            stages = stages.with(stage.getKey(), stage.getValue());
        }
        Json.Obj row = Json.object()
                .with("model", version.model().value())
                .with("number", version.number().value())
                .with("version", version.version().toString())
                .withOptional("label", version.label().map(Json::of))
                .with("artifactDigest", version.artifactDigest().hex())
                .with("size", version.size())
                .withOptional("runId", version.runId().map(id -> Json.of(id.hex())))
                .withOptional("executionId", version.executionId().map(id -> Json.of(id.hex())))
                .with("missing", Json.texts(version.missing()))
                .with("bumpKind", version.bump().kind().name())
                .with("bumpReason", version.bump().reason())
                .with(
                        "files",
                        Json.array(
                                version.files().stream().map(VersionRows::file).toList()))
                .with("manifest", version.manifest())
                .with("source", object(version.source()))
                .with("stages", stages)
                .with("createdAt", version.createdAt().toString())
                .with(REV, version.rev())
                .withOptional("filesBlob", version.elsewhere().files().map(digest -> Json.of(digest.hex())))
                .withOptional("manifestBlob", version.elsewhere().manifest().map(digest -> Json.of(digest.hex())));
        return new Item(Keys.version(version.model(), version.number()), row);
    }

    public static VersionRecord decode(Item item) {
        Json.Obj row = item.attributes();
        Map<TargetName, Stage> stages = new LinkedHashMap<>();
        Json.Obj stored = row.object("stages");
        stored.fields()
                .keySet()
                .forEach(target -> stages.put(new TargetName(target), Stage.parse(stored.text(target))));
        return new VersionRecord(
                new ModelName(row.text("model")),
                new VersionNumber(row.integer("number")),
                SemanticVersion.parse(row.text("version")),
                row.findText("label"),
                new Sha256(row.text("artifactDigest")),
                row.integer("size"),
                row.findText("runId").map(Sha256::new),
                row.findText("executionId").map(Sha256::new),
                row.texts("missing"),
                new VersionRecord.Bump(VersionRecord.Bump.Kind.valueOf(row.text("bumpKind")), row.text("bumpReason")),
                row.array("files").stream().map(file -> file((Json.Obj) file)).toList(),
                row.object("manifest"),
                object(row.object("source")),
                stages,
                Instant.parse(row.text("createdAt")),
                row.integer(REV),
                new VersionRecord.Elsewhere(
                        row.findText("filesBlob").map(Sha256::new),
                        row.findText("manifestBlob").map(Sha256::new)));
    }

    private static Map<String, String> texts(Map<TargetName, Stage> stages) {
        Map<String, String> texts = new LinkedHashMap<>();
        stages.forEach((target, stage) -> texts.put(target.value(), stage.text()));
        return texts;
    }

    /** A file as rows and lists carry it. */
    public static Json.Obj file(FileEntry file) {
        Json.Obj row = Json.object().with("path", file.path()).with("size", file.size());
        return DigestFields.write(row, file.digests())
                .with("object", object(file.object()))
                .with("role", file.role().name());
    }

    public static FileEntry file(Json.Obj row) {
        Digests digests = DigestFields.read(row);
        Vouched flat = digests.flat().orElseThrow();
        return new FileEntry(
                row.text("path"),
                row.integer("size"),
                flat.digest(),
                object(row.object("object")),
                FileEntry.Role.valueOf(row.text("role")),
                flat.by(),
                digests.tree());
    }

    /** An object version as rows carry it. */
    public static Json.Obj object(ObjectVersion object) {
        return Json.object()
                .with("bucket", object.bucket())
                .with("key", object.key())
                .with("versionId", object.versionId());
    }

    public static ObjectVersion object(Json.Obj row) {
        return new ObjectVersion(row.text("bucket"), row.text("key"), row.text("versionId"));
    }
}
