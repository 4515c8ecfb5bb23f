package io.hallmark.handlers.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The real services over ports in memory, through everything that can happen to uploads and news of them. More seeds:
 * {@code -Dhallmark.intake.seeds=100000}.
 */
class IntakeSimulationTest {

    private static final long SEEDS = Long.getLong("hallmark.intake.seeds", 400);
    private static final int UPLOADS = 7;
    private static final long SEEDS_TO_NOTICE = 100;

    @Test
    void nothingIsLostDoubledOrWrongWhateverHappens() {
        long objects = 0;
        long crashes = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            IntakeWorld world = new IntakeWorld(seed, IntakeWorld.Guards.ALL);
            try {
                world.live(UPLOADS);
                new IntakeInvariants(world).hold();
            } catch (RuntimeException | AssertionError broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
            }
            objects += world.put.size();
            crashes += world.crashes;
        }
        System.out.printf("intake: seeds 0 to %d, %d objects, %d crashes%n", SEEDS - 1, objects, crashes);
        assertThat(crashes).isPositive();
    }

    @Test
    void withoutVersionIdsWrongBytesAreRegistered() {
        assertThat(firstBroken(new IntakeWorld.Guards(UnaryOperator.identity(), Weakened::withoutVersions, true)))
                .isPresent();
    }

    @Test
    void withoutTheLedgerUploadsAreTakenInTwice() {
        assertThat(firstBroken(new IntakeWorld.Guards(Weakened::withoutLedger, UnaryOperator.identity(), true)))
                .isPresent();
    }

    @Test
    void withoutTheFenceVersionsAreLost() {
        assertThat(firstBroken(new IntakeWorld.Guards(Weakened::withoutFence, UnaryOperator.identity(), true)))
                .isPresent();
    }

    @Test
    void withoutTheSweepUploadsAreLost() {
        assertThat(firstBroken(new IntakeWorld.Guards(UnaryOperator.identity(), UnaryOperator.identity(), false)))
                .isPresent();
    }

    private static OptionalLong firstBroken(IntakeWorld.Guards guards) {
        return LongStream.range(0, SEEDS_TO_NOTICE)
                .filter(seed -> broken(seed, guards))
                .findFirst();
    }

    private static boolean broken(long seed, IntakeWorld.Guards guards) {
        IntakeWorld world = new IntakeWorld(seed, guards);
        try {
            world.live(UPLOADS);
            new IntakeInvariants(world).hold();
            return false;
        } catch (RuntimeException | AssertionError red) {
            return true;
        }
    }
}
