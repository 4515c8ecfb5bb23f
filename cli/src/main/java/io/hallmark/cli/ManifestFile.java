package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the {@code hallmark.json} of a folder says that matters before it is sent; whether it is right is for the registry to
 * say.
 *
 * @param digests SHA-256 in hex by path
 */
record ManifestFile(Optional<String> model, Map<String, String> digests) {

    /** Nothing said. */
    static final ManifestFile NONE = new ManifestFile(Optional.empty(), Map.of());

    ManifestFile {
        digests = Map.copyOf(digests);
    }

    static ManifestFile in(Path folder) {
        try {
            JsonValue json = JsonValue.parse(Files.readString(folder.resolve(Upload.MANIFEST)));
            Map<String, String> digests = new HashMap<>();
            json.at("files")
                    .items()
                    .forEach(file -> file.at("path")
                            .text()
                            .ifPresent(
                                    path -> file.at("sha256").text().ifPresent(sha256 -> digests.put(path, sha256))));
            return new ManifestFile(json.at("model").text(), digests);
        } catch (IOException | IllegalArgumentException unreadable) {
            return NONE;
        }
    }

    /** Refuses a file that has another digest than the one listed. */
    void check(String path, String sha256) {
        String listed = digests.getOrDefault(path, sha256);
        if (!listed.equals(sha256)) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    path + " has the SHA-256 " + sha256 + ", but " + Upload.MANIFEST + " lists " + listed);
        }
    }

    /** A manifest of one file and nothing else: its lineage is unknown. */
    static byte[] of(String model, Upload.Item file, String sha256) {
        JsonValue entry = JsonValue.object()
                .with("path", file.path())
                .with("size", file.size())
                .with("sha256", sha256);
        return JsonValue.object()
                .with("schema", "hallmark/manifest/v1")
                .with("model", model)
                .with("files", JsonValue.array(java.util.List.of(entry)))
                .write()
                .getBytes(StandardCharsets.UTF_8);
    }
}
