package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that look: models, versions, one version. */
@Command
final class RegistryCommands {

    private static final int ROWS_MAX = 10_000;

    private final Surroundings around;

    RegistryCommands(Surroundings around) {
        this.around = around;
    }

    @Command(name = "models", mixinStandardHelpOptions = true, description = "List the models.")
    int models(@Mixin Connection connection) throws InterruptedException {
        JsonValue all = all(connection.registry(around), Paths.MODELS, "models");
        List<List<String>> rows = new ArrayList<>();
        for (JsonValue model : all.at("models").items()) {
            rows.add(List.of(
                    model.at("name").textOr("?"),
                    model.at("versions").textOr("0"),
                    model.at("latest", "version").textOr("-"),
                    model.at("updatedAt").textOr("-")));
        }
        new Screen(around, connection.json())
                .result(all, Screen.table(List.of("MODEL", "VERSIONS", "LATEST", "UPDATED"), rows));
        return ExitCode.DONE.code();
    }

    @Command(
            name = "versions",
            mixinStandardHelpOptions = true,
            description = "List the versions of a model, the newest first.")
    int versions(@Mixin Connection connection, @Parameters(paramLabel = "MODEL") String model)
            throws InterruptedException {
        JsonValue all = all(connection.registry(around), Paths.model(model) + "/versions", "versions");
        List<List<String>> rows = new ArrayList<>();
        for (JsonValue version : all.at("versions").items()) {
            rows.add(List.of(
                    version.at("number").textOr("?"),
                    version.at("version").textOr("?"),
                    version.at("label").textOr("-"),
                    version.at("lineage").textOr("?"),
                    stages(version.at("stages")),
                    shortDigest(version.at("artifactDigest").textOr("")),
                    version.at("createdAt").textOr("-")));
        }
        List<String> heading = List.of("NUMBER", "VERSION", "LABEL", "LINEAGE", "STAGES", "DIGEST", "CREATED");
        new Screen(around, connection.json()).result(all, Screen.table(heading, rows));
        return ExitCode.DONE.code();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show one version: identity, lineage, files, why it has its number.")
    int show(
            @Mixin Connection connection,
            @Parameters(paramLabel = "MODEL") String model,
            @Parameters(paramLabel = "VERSION", description = "a number or major.minor.patch") String version,
            @Option(names = "--manifest", description = "the manifest too") boolean manifest)
            throws InterruptedException {
        JsonValue found = connection.registry(around).get(Paths.version(model, version));
        List<String> lines = new ArrayList<>();
        lines.add(found.at("model").textOr(model) + " " + found.at("number").textOr("?") + " ("
                + found.at("version").textOr("?") + ")"
                + found.at("label").text().map(label -> "  " + label).orElse(""));
        lines.add("  digest      " + found.at("artifactDigest").textOr("?"));
        lines.add("  size        " + Screen.bytes(found.at("size").integer().orElse(0L)));
        lines.add("  run         " + found.at("runId").textOr("none: the lineage is incomplete"));
        found.at("executionId").text().ifPresent(id -> lines.add("  execution   " + id));
        lines.add("  lineage     " + found.at("lineage").textOr("?") + missing(found.at("missing")));
        lines.add("  bump        " + found.at("bump", "kind").textOr("?") + ": "
                + found.at("bump", "reason").textOr("?"));
        lines.add("  stages      " + stages(found.at("stages")));
        for (JsonValue replicate : found.at("replicates").items()) {
            lines.add("  replicate   of " + replicate.at("model").textOr(model) + " "
                    + replicate.at("number").textOr("?") + ": "
                    + replicate.at("verdict").textOr("?"));
        }
        for (JsonValue file : found.at("files").items()) {
            lines.add("  " + file.at("role").textOr("file") + "    "
                    + file.at("path").textOr("?") + "  "
                    + Screen.bytes(file.at("size").integer().orElse(0L)) + "  "
                    + shortDigest(file.at("sha256").textOr("")));
        }
        if (manifest) {
            lines.add(found.at("manifest").pretty());
        }
        new Screen(around, connection.json()).result(found, lines);
        return ExitCode.DONE.code();
    }

    /** All pages of a list as one document. */
    static JsonValue all(Registry registry, String path, String name) throws InterruptedException {
        List<JsonValue> items = new ArrayList<>();
        String page = "";
        do {
            String separator = path.contains("?") ? "&" : "?";
            JsonValue answer = registry.get(path + separator + "limit=100" + page);
            items.addAll(answer.at(name).items());
            page = answer.at("nextPage")
                    .text()
                    .map(token -> "&page=" + Registry.segment(token))
                    .orElse("");
        } while (!page.isEmpty() && items.size() < ROWS_MAX);
        return JsonValue.object(Map.of(name, JsonValue.array(items)));
    }

    private static String missing(JsonValue missing) {
        return missing.items().isEmpty()
                ? ""
                : ", missing "
                        + missing.items().stream().map(item -> item.textOr("?")).collect(Collectors.joining(", "));
    }

    private static String stages(JsonValue stages) {
        return stages.fields().isEmpty()
                ? "-"
                : stages.fields().entrySet().stream()
                        .map(stage -> stage.getKey() + "=" + stage.getValue().textOr("?"))
                        .collect(Collectors.joining(" "));
    }

    static String shortDigest(String digest) {
        String hex = digest.startsWith("sha256:") ? digest.substring(7) : digest;
        return hex.length() > 12 ? hex.substring(0, 12) : hex;
    }
}
