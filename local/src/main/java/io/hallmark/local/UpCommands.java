package io.hallmark.local;

import io.hallmark.cli.CliFailure;
import io.hallmark.cli.ExitCode;
import io.hallmark.cli.Surroundings;
import io.hallmark.local.place.Embedded;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}: a registry on this machine. */
@Command
final class UpCommands {

    private final Surroundings around;

    UpCommands(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "up",
            mixinStandardHelpOptions = true,
            description = "Start a registry on this machine: S3 endpoint, HTTP API, workflow player. Ends with Ctrl-C.")
    int up(
            @Option(names = "--dir", paramLabel = "FOLDER", defaultValue = ".hallmark", description = "its state")
                    Path dir,
            @Option(names = "--port", defaultValue = "8080", description = "of the HTTP API, 0 for any") int port,
            @Option(names = "--s3-port", defaultValue = "9000", description = "of the S3 endpoint, 0 for any")
                    int s3Port)
            throws InterruptedException {
        Path folder = around.folder().resolve(dir);
        Embedded registry = start(folder, port, s3Port);
        Runtime.getRuntime().addShutdownHook(new Thread(registry::close, "shutdown"));
        howToUseIt(registry, folder).forEach(around.out()::println);
        around.out().flush();
        // Only a signal ends this; the hook then closes what is open.
        new CountDownLatch(1).await();
        return ExitCode.DONE.code();
    }

    private Embedded start(Path folder, int port, int s3Port) {
        try {
            return Embedded.start(new Embedded.Settings(folder, port, s3Port, around.clock(), around.random()));
        } catch (BindException taken) {
            throw new CliFailure(
                    ExitCode.CONFLICT,
                    "port " + port + " or " + s3Port + " is taken; choose others with --port and --s3-port");
        } catch (IOException cannot) {
            throw new CliFailure(ExitCode.CONFLICT, "cannot start in " + folder + ": " + cannot.getMessage());
        }
    }

    private List<String> howToUseIt(Embedded registry, Path folder) {
        return List.of(
                "Hallmark is up" + sinceStart() + ".",
                "  HTTP API     " + registry.api() + "   token in " + folder.resolve("credentials.json"),
                "  S3 endpoint  " + registry.s3() + "   bucket " + Embedded.ARTIFACT_BUCKET,
                "",
                "For any S3 client:",
                "  export AWS_ENDPOINT_URL=" + registry.s3() + " AWS_REGION=" + Embedded.REGION
                        + " AWS_ACCESS_KEY_ID=" + registry.accessKey().id() + " AWS_SECRET_ACCESS_KEY="
                        + registry.accessKey().secret(),
                "  aws s3 cp --recursive FOLDER/ s3://" + Embedded.ARTIFACT_BUCKET + "/incoming/MODEL/UPLOAD/",
                "For hallmark itself, in this folder nothing; elsewhere:",
                "  export HALLMARK_URL=" + registry.api() + " HALLMARK_TOKEN=" + registry.token());
    }

    private String sinceStart() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, around.clock().instant()))
                .map(took -> String.format(Locale.ROOT, ", ready in %.1f s", took.toMillis() / 1000.0))
                .orElse("");
    }
}
