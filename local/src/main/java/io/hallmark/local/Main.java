package io.hallmark.local;

import io.hallmark.cli.Cli;
import io.hallmark.cli.Surroundings;
import io.hallmark.local.door.ServerProperties;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Where the program begins. */
public final class Main {

    private static final String LOGGING = "log4j2.configurationFile";

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        ServerProperties.apply();
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "log4j2-local.xml");
        }
        Surroundings around = new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                Boolean.getBoolean("hallmark.terminal"),
                InstantSource.system(),
                new SecureRandom(),
                duration -> Thread.sleep(duration.toMillis()),
                new AwsCloud(System.getenv()));
        Path home = Path.of(System.getProperty("hallmark.home", "")).toAbsolutePath();
        int exit = new Cli(around, List.of(new UpCommands(around), new DemoCommands(around, home))).run(arguments);
        around.out().flush();
        around.err().flush();
        System.exit(exit);
    }

    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }
}
