package io.hallmark.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs commands against a registry of fixtures, at noon of 22 November 2026, and keeps what they say. */
final class Shell implements AutoCloseable {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    final FixtureRegistry registry = new FixtureRegistry();
    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    Shell(Path folder) {
        this.folder = folder;
    }

    int run(String... arguments) {
        Surroundings around = new Surroundings(
                Map.of("HALLMARK_URL", registry.url(), "HALLMARK_TOKEN", "secret"),
                folder,
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                () -> NOW,
                new Random(1),
                duration -> {});
        return new Cli(around, List.of()).run(arguments);
    }

    /** The lines of the results. */
    List<String> out() {
        return out.toString().lines().toList();
    }

    /** The lines of progress and failures. */
    List<String> err() {
        return err.toString().lines().toList();
    }

    String text() {
        return out.toString();
    }

    @Override
    public void close() {
        registry.close();
    }
}
