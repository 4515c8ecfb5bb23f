package io.hallmark.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Asks again and again until there is an answer or the time is up. */
final class Waiting {

    private final Surroundings around;
    private final Duration gap;

    Waiting(Surroundings around, Duration gap) {
        this.around = around;
        this.gap = gap;
    }

    /** One question. */
    @FunctionalInterface
    interface Question<T> {
        Optional<T> ask() throws InterruptedException;
    }

    /**
     * The first answer there is.
     *
     * @param what for the sentence when the time is up
     */
    <T> T until(String what, Duration limit, Question<T> question) throws InterruptedException {
        Instant end = around.clock().instant().plus(limit);
        while (true) {
            Optional<T> answer = question.ask();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (around.clock().instant().isAfter(end)) {
                throw new CliFailure(
                        ExitCode.UNAVAILABLE, "waited " + limit.toSeconds() + " s and " + what + " is not there yet");
            }
            around.sleeper().sleep(gap);
        }
    }
}
