package io.hallmark.local.promotion;

import static io.hallmark.local.promotion.Fixture.MODEL;
import static io.hallmark.local.promotion.Fixture.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.promotion.Lock;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.Rollback;
import io.hallmark.core.service.promotion.EmergencyRollback;
import java.time.Duration;
import java.util.Optional;

/** Ways to move a world on. */
final class Plays {

    static final Duration HOUR = Duration.ofHours(1);

    private Plays() {}

    /** Plays a promotion to its end. */
    static Promotion play(World world, String id) {
        boolean over = world.until(
                () -> world.promotion(id).status().isFinal() && world.lock().state() == Lock.State.FREE, HOUR);
        assertThat(over)
                .as("%s%n%s", world.promotion(id).row(), world.faults().log())
                .isTrue();
        return world.promotion(id);
    }

    /** Plays until the fleet gives the candidate so much traffic. */
    static void playTo(World world, int weightBps) {
        boolean there = world.until(
                () -> world.fleet()
                        .follows()
                        .filter(route -> route.weightBps(Invariants.CANDIDATE) == weightBps)
                        .isPresent(),
                HOUR);
        assertThat(there).isTrue();
    }

    static Rollback rollBack(World world, String reason) {
        return new EmergencyRollback(world.parts())
                .roll(new EmergencyRollback.Request(MODEL, TARGET, Optional.empty(), reason, World.BOB));
    }
}
