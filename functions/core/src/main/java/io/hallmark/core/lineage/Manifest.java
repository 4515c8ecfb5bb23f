package io.hallmark.core.lineage;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * What a publisher says of a version, checked by {@link ManifestReader}. The fields that decide something are read out;
 * all of it stays available as {@code json}.
 *
 * @param json the manifest as given; an empty object if there was none
 * @param model empty only where there was no manifest
 * @param version the semantic version asked for
 * @param backport whether the version asked for may be lower than the latest
 * @param files the artifact files, at least one; empty only where there was no manifest
 * @param predictions the evidence file that the metrics were computed from
 */
public record Manifest(
        Json.Obj json,
        Optional<ModelName> model,
        Optional<String> label,
        Optional<SemanticVersion> version,
        boolean backport,
        List<ListedFile> files,
        Optional<ListedFile> predictions,
        Lineage lineage) {

    /** The name of the object that completes a set. */
    public static final String FILE_NAME = "hallmark.json";

    public static final String SCHEMA = "hallmark/manifest/v1";

    public Manifest {
        files = List.copyOf(files);
    }

    /** What was said besides the list of files: two uploads of the same bytes with the same claims are one. */
    public Json.Obj claims() {
        return json.without("files");
    }

    /** The file that the manifest lists under this path, as artifact or as evidence. */
    public Optional<ListedFile> listed(String path) {
        return files.stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .or(() -> predictions.filter(file -> file.path().equals(path)));
    }

    /** One listed file: where it is in the set, how many bytes it has, and which. */
    public record ListedFile(String path, long size, Sha256 sha256) {}
}
