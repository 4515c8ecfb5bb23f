package io.hallmark.core.service.query;

import io.hallmark.core.json.Json;
import io.hallmark.core.lineage.Node;
import io.hallmark.core.model.Digests;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.Vouched;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.ModelRows;
import io.hallmark.core.version.Replicate;
import io.hallmark.core.version.VersionRecord;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How registered things are shown ({@code docs/http.md}). */
final class Views {

    private Views() {}

    static Json.Obj model(ModelRows.Model model) {
        return Json.object()
                .with("name", model.name().value())
                .withOptional("description", model.description().map(Json::of))
                .with("versions", model.versions())
                .withOptional("latest", model.latest().map(Views::latest))
                .with("createdAt", model.createdAt().toString())
                .with("updatedAt", model.updatedAt().toString());
    }

    private static Json.Obj latest(ModelRows.Latest latest) {
        return Json.object()
                .with("number", latest.number().value())
                .with("version", latest.version().toString())
                .with("artifactDigest", latest.artifactDigest().prefixed());
    }

    static Json.Obj summary(VersionRecord version) {
        Json.Obj stages = Json.object();
        Map<String, String> sorted = new TreeMap<>();
        version.stages().forEach((target, stage) -> sorted.put(target.value(), stage.text()));
        for (var stage : sorted.entrySet()) {
            stages = stages.with(stage.getKey(), stage.getValue());
        }
        return Json.object()
                .with("model", version.model().value())
                .with("number", version.number().value())
                .with("version", version.version().toString())
                .withOptional("label", version.label().map(Json::of))
                .with("artifactDigest", version.artifactDigest().prefixed())
                .with("size", version.size())
                .withOptional("runId", version.runId().map(id -> Json.of(id.hex())))
                .withOptional("executionId", version.executionId().map(id -> Json.of(id.hex())))
                .with("lineage", version.lineageComplete() ? "complete" : "incomplete")
                .with("missing", Json.texts(version.missing()))
                .with("stages", stages)
                .with("createdAt", version.createdAt().toString());
    }

    static Json.Obj bump(VersionRecord.Bump bump) {
        return Json.object().with("kind", lower(bump.kind())).with("reason", bump.reason());
    }

    static Json.Obj file(FileEntry file) {
        return Json.object()
                .with("path", file.path())
                .with("size", file.size())
                .with("sha256", file.sha256().hex())
                .with("role", lower(file.role()))
                .with("digests", digests(file.digests()));
    }

    /** Each digest with who vouches for it. */
    static Json.Obj digests(Digests digests) {
        return Json.object()
                .withOptional("sha256", digests.flat().map(Views::vouched))
                .withOptional("tree", digests.tree().map(Views::vouched));
    }

    private static Json vouched(Vouched digest) {
        return Json.object()
                .with("value", digest.digest().hex())
                .with("voucher", digest.by().word());
    }

    /** How far the digest of an upload is verified behind its registration. */
    static Json.Obj verification(UploadRecord upload, Optional<HashRows.Progress> progress) {
        return Json.object()
                .with(
                        "state",
                        progress.map(HashRows.Progress::state)
                                .orElse(HashRows.State.RUNNING)
                                .name())
                .with("bytesDone", progress.map(HashRows.Progress::bytesDone).orElse(0L))
                .with("bytesTotal", upload.size().orElse(0L))
                .with("attempt", progress.map(HashRows.Progress::attempt).orElse(1L))
                .with(
                        "at",
                        progress.map(HashRows.Progress::at).orElse(upload.at()).toString());
    }

    static Json.Obj object(ObjectVersion object) {
        return Json.object()
                .with("bucket", object.bucket())
                .with("key", object.key())
                .with("versionId", object.versionId());
    }

    static Json.Obj replicate(Replicate replicate) {
        return Json.object()
                .with("model", replicate.model().value())
                .with("number", replicate.number().value())
                .with("version", replicate.version().toString())
                .with("artifactDigest", replicate.artifactDigest().prefixed())
                .with("executionId", replicate.executionId().hex())
                .with("verdict", replicate.verdict().name())
                .with("reason", replicate.reason());
    }

    static Json.Obj upload(UploadRecord upload) {
        return Json.object()
                .with("uploadId", upload.id().hex())
                .with("bucket", upload.object().bucket())
                .with("key", upload.object().key())
                .with("versionId", upload.object().versionId())
                .with("state", upload.state().name())
                .withOptional("code", upload.code().map(Json::of))
                .withOptional("reason", upload.reason().map(Json::of))
                .withOptional("model", upload.model().map(model -> Json.of(model.value())))
                .withOptional("number", upload.number().map(number -> Json.of(number.value())))
                .withOptional("version", upload.version().map(version -> Json.of(version.toString())))
                .withOptional("size", upload.size().map(Json::of))
                .withOptional("sha256", upload.sha256().map(digest -> Json.of(digest.hex())))
                .with("digests", digests(upload.digests()))
                .withOptional("scan", upload.scan().map(Json::of))
                .with("at", upload.at().toString());
    }

    static Json.Obj node(Node node) {
        return Json.object().with("kind", node.kind()).with("id", node.id());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
