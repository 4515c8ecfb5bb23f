package io.hallmark.local.workflow.asl;

import java.time.Duration;
import java.util.List;

/**
 * One entry of {@code Retry}.
 *
 * @param errors error names, or States.ALL
 * @param interval before the first retry
 * @param maxAttempts retries, not counting the first try; 0 means never
 * @param backoffRate the factor from one interval to the next
 * @param maxDelay no interval is longer
 * @param fullJitter a random part of the interval instead of all of it
 */
record Retrier(
        List<String> errors,
        Duration interval,
        long maxAttempts,
        double backoffRate,
        Duration maxDelay,
        boolean fullJitter) {

    /** How long to wait before the retry after {@code retriesSoFar}; {@code chance} is in [0, 1). */
    Duration delay(long retriesSoFar, double chance) {
        double grown = (double) interval.toMillis() * Math.pow(backoffRate, (double) retriesSoFar);
        double millis = Math.min(grown, (double) maxDelay.toMillis());
        return Duration.ofMillis((long) (fullJitter ? millis * chance : millis));
    }
}
