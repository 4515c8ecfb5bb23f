package io.hallmark.local.door.s3;

import io.hallmark.local.sigv4.AccessKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A client program of this machine, pointed at a door. A test that needs one which is not there is skipped aloud. */
final class Tool {

    private static final int SECONDS_MAX = 120;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    Tool(RunningDoor door, Path folder) {
        this(door.address(), RunningDoor.KEY, folder);
    }

    Tool(URI address, AccessKey key, Path folder) {
        this.folder = folder;
        environment.put("AWS_ACCESS_KEY_ID", key.id());
        environment.put("AWS_SECRET_ACCESS_KEY", key.secret());
        environment.put("AWS_DEFAULT_REGION", RunningDoor.REGION);
        environment.put("AWS_ENDPOINT_URL", address.toString());
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("AWS_CONFIG_FILE", folder.resolve("no-config").toString());
        environment.put(
                "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("no-credentials").toString());
        environment.put("AWS_PAGER", "");
    }

    /** Skips the running test, and says which client it wants, unless this command works. */
    Tool needs(String client, String... probe) {
        boolean there;
        try {
            there = start(probe).code() == 0;
        } catch (IOException notThere) {
            there = false;
        }
        if (!there) {
            System.err.println("SKIPPED, because this machine has no " + client);
        }
        Assumptions.assumeTrue(there, "this machine has no " + client);
        return this;
    }

    /** Runs a command and answers what it printed; fails the test if the command fails. */
    String run(String... command) {
        try {
            Outcome outcome = start(command);
            if (outcome.code() != 0) {
                throw new AssertionError(List.of(command) + " ended with " + outcome.code() + ":\n" + outcome.output());
            }
            return outcome.output();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private record Outcome(int code, String output) {}

    private Outcome start(String... command) throws IOException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().remove("AWS_PROFILE");
        builder.environment().remove("AWS_SESSION_TOKEN");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(List.of(command) + " did not end in " + SECONDS_MAX + " s");
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            throw new IOException(interrupted);
        }
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
