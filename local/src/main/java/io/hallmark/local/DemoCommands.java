package io.hallmark.local;

import io.hallmark.cli.CliFailure;
import io.hallmark.cli.ExitCode;
import io.hallmark.cli.Surroundings;
import io.hallmark.local.demo.Demo;
import io.hallmark.local.demo.NotAsTold;
import io.hallmark.local.demo.Story;
import io.hallmark.local.place.Embedded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the main job, once, before your eyes. */
@Command
final class DemoCommands {

    private static final String SAMPLES = "events-samples/models/doctor-visit";

    private final Surroundings around;
    private final Path home;

    /** {@code home} is where the sample models are. */
    DemoCommands(Surroundings around, Path home) {
        this.around = around;
        this.home = home;
    }

    @Command(
            name = "demo",
            mixinStandardHelpOptions = true,
            description = {
                "Start a registry in a fresh folder, upload trained models through its S3 endpoint, promote a good one,",
                "let the next one fail at its canary step, and watch it come back. Takes less than a minute."
            })
    int demo(
            @Option(names = "--dir", paramLabel = "FOLDER", description = "keep the state here (else it is deleted)")
                    Optional<Path> dir,
            @Option(names = "--samples", paramLabel = "FOLDER", description = "of the models doctor-visit/…")
                    Optional<Path> samples)
            throws InterruptedException {
        Path models = samples.map(around.folder()::resolve).orElse(home.resolve(SAMPLES));
        if (!Files.isDirectory(models)) {
            throw new CliFailure(ExitCode.USAGE, "there are no sample models in " + models);
        }
        Path folder = dir.map(around.folder()::resolve).orElseGet(DemoCommands::fresh);
        Story story = new Story(around.out(), around.clock());
        Embedded.Settings settings = new Embedded.Settings(folder, 0, 0, around.clock(), around.random());
        try (Embedded registry = Embedded.start(settings)) {
            new Demo(registry, models, story, around).play();
            return ExitCode.DONE.code();
        } catch (NotAsTold notAsTold) {
            story.end("NOT AS TOLD: " + notAsTold.getMessage());
            return ExitCode.REFUSED.code();
        } catch (IOException cannot) {
            throw new CliFailure(ExitCode.UNAVAILABLE, "the demonstration cannot run: " + cannot.getMessage());
        } finally {
            if (dir.isEmpty()) {
                delete(folder);
            }
        }
    }

    private static Path fresh() {
        try {
            return Files.createTempDirectory("hallmark-demo-");
        } catch (IOException cannot) {
            throw new CliFailure(ExitCode.UNAVAILABLE, "no temporary folder: " + cannot.getMessage());
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException kept) {
            throw new CliFailure(ExitCode.UNAVAILABLE, "the folder " + folder + " could not be deleted");
        }
    }
}
