package io.hallmark.core.canary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One look at one step: where the promotion stands, and all windows of the step's route.
 *
 * @param weightBps the candidate's share, 0 in shadow
 * @param since when the step began
 * @param bake how long a step lasts at least, without extensions
 * @param gap between two looks
 * @param extensions how often the bake was extended already
 * @param errorStreak how many looks before this one found no usable evidence, without a gap
 * @param candidate windows of the candidate
 * @param baseline windows of the baseline or the fallback
 * @param obstacles what stands in the way of judging at all, such as instances that do not serve the route yet
 */
public record Look(
        Kind kind,
        int weightBps,
        Instant since,
        Duration bake,
        Duration gap,
        int extensions,
        int errorStreak,
        Instant at,
        List<Window> candidate,
        List<Window> baseline,
        List<String> obstacles) {

    public Look {
        candidate = List.copyOf(candidate);
        baseline = List.copyOf(baseline);
        obstacles = List.copyOf(obstacles);
    }

    /** What the candidate is given. */
    public enum Kind {
        /** Mirrored requests, whose answers nobody sees. */
        SHADOW,
        /** A share of real traffic, with the baseline beside it. */
        CANARY,
        /** All traffic. */
        MONITOR
    }

    /** When the step may end, extensions included. */
    public Instant bakedAt() {
        return since.plus(bake.multipliedBy(extensions + 1L));
    }

    public boolean baked() {
        return !at.isBefore(bakedAt());
    }
}
