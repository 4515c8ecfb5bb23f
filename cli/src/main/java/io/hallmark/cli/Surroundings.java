package io.hallmark.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a command finds around it.
 *
 * @param environment the environment variables
 * @param folder the working folder
 * @param out for results
 * @param err for progress and failures
 * @param cloud for registries on AWS
 * @param interactive whether somebody watches: then progress is drawn, not logged
 */
public record Surroundings(
        Map<String, String> environment,
        Path folder,
        PrintWriter out,
        PrintWriter err,
        boolean interactive,
        InstantSource clock,
        RandomGenerator random,
        Sleeper sleeper,
        Cloud cloud) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Surroundings without a cloud. */
    public Surroundings(
            Map<String, String> environment,
            Path folder,
            PrintWriter out,
            PrintWriter err,
            boolean interactive,
            InstantSource clock,
            RandomGenerator random,
            Sleeper sleeper) {
        this(environment, folder, out, err, interactive, clock, random, sleeper, Cloud.none());
    }

    /** Waits. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }
}
