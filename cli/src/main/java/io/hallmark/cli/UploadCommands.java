package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code push}: upload, and wait until the registry has taken it in or says why not. */
@Command
final class UploadCommands {

    private static final Set<String> REGISTERED = Set.of("REGISTERED", "ALREADY_REGISTERED");
    private static final String STAGED = "STAGED";
    private static final Duration GAP = Duration.ofMillis(250);

    private final Surroundings around;

    UploadCommands(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "push",
            mixinStandardHelpOptions = true,
            description = "Upload a folder with a hallmark.json, or one file, and wait until it is a version.")
    int push(
            @Mixin Connection connection,
            @Parameters(paramLabel = "DIR|FILE") Path source,
            @Option(names = "--model", paramLabel = "NAME", description = "the model (else the manifest's)")
                    Optional<String> model,
            @Option(names = "--upload", paramLabel = "NAME", description = "the upload's own name (else one is given)")
                    Optional<String> upload,
            @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "600") long timeoutSeconds)
            throws InterruptedException {
        Path from = around.folder().resolve(source);
        List<Upload.Item> items = Upload.items(from);
        boolean folder = Files.isDirectory(from);
        if (folder && !items.get(items.size() - 1).path().equals(Upload.MANIFEST)) {
            throw new CliFailure(
                    ExitCode.USAGE, "there is no " + Upload.MANIFEST + " in " + source + ", and without it no version");
        }
        Registry registry = connection.registry(around);
        Screen screen = new Screen(around, connection.json());
        String name = model.or(() -> folder ? manifestModel(from) : Optional.empty())
                .orElseThrow(() -> new CliFailure(ExitCode.USAGE, "which model? Give --model"));
        JsonValue plan = new Upload(registry, screen).send(name, upload, items);
        String key = plan.at("prefix").textOr("")
                + (folder ? Upload.MANIFEST : items.get(0).path());
        screen.progress("uploaded; the registry reads it");
        JsonValue row = new Waiting(around, GAP)
                .until("a verdict on " + key, Duration.ofSeconds(timeoutSeconds), () -> verdict(registry, name, key));
        screen.result(row, List.of(sentence(row)));
        return (REGISTERED.contains(row.at("state").textOr("")) ? ExitCode.DONE : ExitCode.REFUSED).code();
    }

    private static Optional<String> manifestModel(Path folder) {
        try {
            return JsonValue.parse(Files.readString(folder.resolve(Upload.MANIFEST)))
                    .at("model")
                    .text();
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** The newest ledger row of a key once it is final. Until its row exists an upload is on its way. */
    private static Optional<JsonValue> verdict(Registry registry, String model, String key)
            throws InterruptedException {
        String path = Paths.UPLOADS + "?model=" + Registry.segment(model);
        return RegistryCommands.all(registry, path, "uploads").at("uploads").items().stream()
                .filter(row -> row.at("key").textOr("").equals(key))
                .max((a, b) -> a.at("at").textOr("").compareTo(b.at("at").textOr("")))
                .filter(row -> !row.at("state").textOr(STAGED).equals(STAGED));
    }

    private static String sentence(JsonValue row) {
        String state = row.at("state").textOr("?");
        String version = row.at("model").textOr("?") + " " + row.at("number").textOr("?") + " ("
                + row.at("version").textOr("?") + ")";
        String why = row.at("code").text().map(code -> " " + code).orElse("")
                + row.at("reason").text().map(reason -> ": " + reason).orElse("");
        return switch (state) {
            case "REGISTERED" -> version + " is registered";
            case "ALREADY_REGISTERED" -> version + " has these bytes already; nothing new was registered";
            default -> "not registered: " + state + why;
        };
    }
}
