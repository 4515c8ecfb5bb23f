package io.hallmark.core.service;

import io.hallmark.core.failure.RegistryFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Tries again after a lost race: bounded, with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"). Every
 * lost race is somebody else's progress, so as many tries as there are rivals are enough.
 */
public final class Backoff {

    private static final int TRIES_MAX = 64;
    private static final long FIRST_MILLIS = 4;
    private static final long LONGEST_MILLIS = 500;
    private static final int DOUBLINGS_MAX = 10;

    private final RandomGenerator random;
    private final Sleeper sleeper;

    /** The generator has to be safe for use by several threads, as {@link java.util.Random} is. */
    public Backoff(RandomGenerator random, Sleeper sleeper) {
        this.random = random;
        this.sleeper = sleeper;
    }

    /** Waits for this long; a simulation only moves its clock. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration duration);
    }

    /**
     * The first answer that is there; an empty one means that the race was lost.
     *
     * @throws RegistryFailure.Unavailable after {@value #TRIES_MAX} lost races
     */
    public <T> T untilWon(String what, Supplier<Optional<T>> attempt) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Optional<T> answer = attempt.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            long ceiling = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(tries, DOUBLINGS_MAX));
            sleeper.sleep(Duration.ofMillis(random.nextLong(ceiling + 1)));
        }
        throw new RegistryFailure.Unavailable(what + " lost " + TRIES_MAX + " races in a row", Duration.ofSeconds(1));
    }
}
