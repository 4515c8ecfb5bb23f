package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
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
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

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
            @Option(
                            names = "--upload",
                            paramLabel = "NAME",
                            description =
                                    "the upload's own name (else one is given); that of an interrupted push continues it")
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
        ManifestFile manifest = folder ? ManifestFile.in(from) : ManifestFile.NONE;
        String name = model.or(manifest::model)
                .orElseThrow(() -> new CliFailure(ExitCode.USAGE, "which model? Give --model"));
        boolean parts = items.stream().anyMatch(Upload::large);
        Optional<String> named = parts ? Optional.of(upload.orElseGet(this::made)) : upload;
        if (parts) {
            screen.progress("upload " + named.get() + " of " + name);
        }
        boolean closed = !folder && named.isPresent() && !items.get(0).path().equals(Upload.MANIFEST);
        String key = sent(
                parts, named, () -> new Upload(around, registry, screen).send(name, named, items, manifest, closed));
        screen.progress("uploaded; the registry reads it");
        JsonValue row = new Waiting(around, GAP)
                .until("a verdict on " + key, Duration.ofSeconds(timeoutSeconds), () -> verdict(registry, name, key));
        screen.result(row, List.of(sentence(row)));
        return (REGISTERED.contains(row.at("state").textOr("")) ? ExitCode.DONE : ExitCode.REFUSED).code();
    }

    private interface Sending {
        String send() throws InterruptedException;
    }

    /** Whatever stops a push of large files, what arrived of them stays, unseen, and need not be sent again. */
    private static String sent(boolean parts, Optional<String> upload, Sending sending) throws InterruptedException {
        try {
            return sending.send();
        } catch (CliFailure failed) {
            throw parts
                    ? new CliFailure(
                            failed.exit(),
                            failed.getMessage() + "\n  the parts that arrived are kept; go on with --upload "
                                    + upload.orElseThrow())
                    : failed;
        }
    }

    /** A name in the form that the registry gives, so that a push that is interrupted at once can be continued too. */
    private String made() {
        return NAME.format(around.clock().instant()) + "-"
                + Long.toHexString((around.random().nextLong() & 0xffff_ffffL) + 0x1_0000_0000L);
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
