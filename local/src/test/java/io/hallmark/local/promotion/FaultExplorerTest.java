package io.hallmark.local.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever fails wherever: a promotion ends settled, or proven rolled back, with lock, pointer, stages and route in
 * agreement, and no user beyond the failing step ever meets the candidate. And each guard is shown to be needed: without
 * it, the same search finds a violation.
 *
 * <p>{@code -Dhallmark.explorer=full} plays all pairs of faults.
 */
class FaultExplorerTest {

    private static final Duration BUDGET = Duration.ofSeconds(6);
    private static final int CALLS_MAX = 30;

    @ParameterizedTest
    @EnumSource(FailAt.class)
    void noSingleFaultBreaksAPromise(FailAt failAt) {
        World.Setup setup = World.Setup.clean().failingAt(failAt).approved();
        Exploration exploration = new Exploration().singles(setup);
        print("fails at " + failAt, exploration);
        assertThat(exploration.violations()).as(exploration.toString()).isEmpty();
    }

    @Test
    void noSampledPairOfFaultsBreaksAPromise() {
        long seed = Long.getLong("hallmark.explorer.seed", System.nanoTime());
        List<World.Setup> setups = new ArrayList<>();
        for (FailAt failAt : FailAt.values()) {
            setups.add(World.Setup.clean().failingAt(failAt).approved());
            setups.add(World.Setup.clean().failingAt(failAt).on(SimulatedTarget.Kind.BLIND));
        }
        Exploration exploration = new Exploration().sample(setups, seed, CALLS_MAX, BUDGET);
        print("sampled pairs, seed " + seed, exploration);
        assertThat(exploration.violations())
                .as("seed %d: %s", seed, exploration)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailAt.class,
            names = {"NOWHERE", "CANARY_5"})
    void noSingleFaultBreaksAPromiseOnATargetThatChecksNoRevisions(FailAt failAt) {
        World.Setup setup = World.Setup.clean().failingAt(failAt).on(SimulatedTarget.Kind.BLIND);
        Exploration exploration = new Exploration().singles(setup);
        print("blind target, fails at " + failAt, exploration);
        assertThat(exploration.violations()).as(exploration.toString()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(FailAt.class)
    @EnabledIfSystemProperty(named = "hallmark.explorer", matches = "full")
    void noPairOfFaultsBreaksAPromise(FailAt failAt) {
        Exploration exploration =
                new Exploration().pairs(World.Setup.clean().failingAt(failAt).approved());
        print("all pairs, fails at " + failAt, exploration);
        assertThat(exploration.violations()).as(exploration.toString()).isEmpty();
    }

    @Test
    void aFencePerPromotionIsNotEnoughWithoutRevisions() {
        requireFound("fence only, route not checked", World.Setup.clean().on(SimulatedTarget.Kind.FENCED_LIAR));
    }

    @Test
    void aCursorThatTheShiftItselfMovesSkipsAFailingStep() {
        requireFound(
                "cursor moved by the shift",
                World.Setup.clean().failingAt(FailAt.CANARY_5).withIncrementingShift());
    }

    @Test
    void oneQuickLookAtABlindTargetIsNoProof() {
        requireFound(
                "no quiet period",
                World.Setup.clean().failingAt(FailAt.CANARY_5).on(SimulatedTarget.Kind.BLIND_UNAWARES));
    }

    @Test
    void aTargetWhoseRouteIsNotCheckedMayServeAnythingInTheEnd() {
        requireFound("blind, route not checked", World.Setup.clean().on(SimulatedTarget.Kind.BLIND_LIAR));
    }

    @Test
    void catchBranchesAloneLeavePromotionsInBetween() {
        requireFound(
                "no reconciler", World.Setup.clean().failingAt(FailAt.CANARY_5).withoutReconciler());
    }

    private static void requireFound(String guard, World.Setup setup) {
        Exploration exploration = new Exploration();
        boolean found = exploration.finds(setup);
        print("control: " + guard, exploration);
        assertThat(found)
                .as("the search finds nothing without this guard: %s", exploration)
                .isTrue();
    }

    private static void print(String what, Exploration exploration) {
        System.out.println("fault explorer: " + what + ": " + exploration);
    }
}
