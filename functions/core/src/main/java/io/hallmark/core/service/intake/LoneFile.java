package io.hallmark.core.service.intake;

import io.hallmark.core.json.Json;
import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.lineage.ManifestReader;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ModelName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a file that came without a manifest: what its metadata say ({@code x-amz-meta-label},
 * {@code -version}, {@code -commit}, {@code -repository}, {@code -data}, {@code -environment-lock}, {@code -notes}). There
 * are no params among them, so such a lineage is never complete.
 */
final class LoneFile {

    private static final Map<String, List<String>> FIELDS = fields();

    private LoneFile() {}

    /**
     * The metadata as a manifest, read with the same strictness. Metadata with other names mean nothing here.
     *
     * @throws io.hallmark.core.failure.RegistryFailure.Invalid with everything that is wrong
     */
    static Manifest manifest(ModelName model, FileEntry file, Map<String, String> metadata) {
        Json.Obj said = Json.object();
        for (var field : FIELDS.entrySet()) {
            String value = metadata.get(field.getKey());
            if (value != null) {
                said = put(said, field.getValue(), Json.of(value));
            }
        }
        if (metadata.containsKey("data")) {
            Json.Obj snapshot = Json.object().with("id", metadata.getOrDefault("data", ""));
            said = put(said, List.of("lineage", "data"), Json.array(List.of(snapshot)));
        }
        Json.Obj entry = Json.object()
                .with("path", file.path())
                .with("size", file.size())
                .with("sha256", file.sha256().hex());
        return stripped(ManifestReader.read(complete(said, model.value(), entry)), said);
    }

    /** A manifest out of what {@link #manifest} kept of one. */
    static Manifest said(Json.Obj kept) {
        Json.Obj any = Json.object().with("path", "file").with("size", 1).with("sha256", "0".repeat(64));
        return stripped(ManifestReader.read(complete(kept, "model", any)), kept);
    }

    private static Json.Obj complete(Json.Obj said, String model, Json.Obj entry) {
        return said.with("schema", Manifest.SCHEMA).with("model", model).with("files", Json.array(List.of(entry)));
    }

    private static Manifest stripped(Manifest read, Json.Obj said) {
        return new Manifest(
                said,
                Optional.empty(),
                read.label(),
                read.version(),
                read.backport(),
                List.of(),
                Optional.empty(),
                read.lineage());
    }

    private static Json.Obj put(Json.Obj object, List<String> path, Json value) {
        if (path.size() == 1) {
            return object.with(path.get(0), value);
        }
        Json.Obj below = object.findObject(path.get(0)).orElse(Json.object());
        return object.with(path.get(0), put(below, path.subList(1, path.size()), value));
    }

    private static Map<String, List<String>> fields() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("label", List.of("label"));
        fields.put("version", List.of("version"));
        fields.put("notes", List.of("notes"));
        fields.put("commit", List.of("lineage", "code", "commit"));
        fields.put("repository", List.of("lineage", "code", "repository"));
        fields.put("environment-lock", List.of("lineage", "environment", "lock"));
        return fields;
    }
}
