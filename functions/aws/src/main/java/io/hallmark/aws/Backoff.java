package io.hallmark.aws;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Pauses between tries: exponential with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"), 20 ms to
 * 2 s, and eight tries in all.
 *
 * @param chance picks the length of each pause
 * @param sleeper waits that long
 */
public record Backoff(RandomGenerator chance, Consumer<Duration> sleeper) {

    public static final int TRIES_MAX = 8;
    private static final long FIRST_MS = 20;
    private static final long LONGEST_MS = 2_000;

    /** Waits after the try of this number (1, 2, 3 …): anything up to a bound that doubles with each try. */
    void pauseAfter(int attempt) {
        long bound = Math.min(LONGEST_MS, FIRST_MS << Math.min(attempt - 1, 10));
        sleeper.accept(Duration.ofMillis(chance.nextLong(bound + 1)));
    }
}
