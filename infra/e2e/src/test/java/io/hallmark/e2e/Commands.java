package io.hallmark.e2e;

import io.hallmark.cli.Cli;
import io.hallmark.cli.Cloud;
import io.hallmark.cli.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Runs commands in this process, in a folder and an environment, and keeps what they say. */
record Commands(Map<String, String> environment, Path folder, Cloud cloud) {

    Answer run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings around = new Surroundings(
                environment,
                folder,
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                InstantSource.system(),
                new SecureRandom(),
                duration -> Thread.sleep(duration.toMillis()),
                cloud);
        int exit = new Cli(around, List.of()).run(arguments.toArray(new String[0]));
        return new Answer(String.join(" ", arguments), exit, out.toString(), err.toString());
    }
}
