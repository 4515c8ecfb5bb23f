package io.hallmark.local.promotion;

import static io.hallmark.local.promotion.Fixture.GATES;
import static io.hallmark.local.promotion.Fixture.MODEL;
import static io.hallmark.local.promotion.Fixture.TARGET;
import static io.hallmark.local.promotion.Plays.play;
import static io.hallmark.local.promotion.Plays.rollBack;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.DecisionVerdict;
import io.hallmark.core.gate.Simulation;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.Lock;
import io.hallmark.core.service.gate.GateFixtures;
import io.hallmark.core.service.gate.History;
import io.hallmark.core.service.promotion.CancelPromotion;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.DecisionKeys;
import io.hallmark.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a policy would have decided about promotions that were played to their end. */
class HistoryTest {

    private static final GatePolicy STRICT = GateFixtures.aucAtLeast("strict", "0.75");
    private static final GatePolicy SAME = GateFixtures.aucAtLeast(GATES, "0.6");

    private static Simulation simulate(World world, GatePolicy policy, Optional<TargetName> target, Instant since) {
        world.table().catchUp();
        return new History(world.table(), world.parts().gates()).simulate(MODEL, policy, target, since);
    }

    private static Simulation simulate(World world, GatePolicy policy) {
        return simulate(world, policy, Optional.empty(), Instant.EPOCH);
    }

    private static Simulation.Row row(Simulation simulation, String promotionId) {
        return simulation.rows().stream()
                .filter(row -> row.promotionId().equals(promotionId))
                .findFirst()
                .orElseThrow();
    }

    private static String settled(World world, String version, String key) {
        String id = world.promote(version, key, Optional.of("again")).id();
        play(world, id);
        return id;
    }

    private static void undo(World world) {
        rollBack(world, "on fire");
        assertThat(world.until(() -> world.lock().state() == Lock.State.FREE, Plays.HOUR))
                .isTrue();
    }

    @Test
    void aVersionThatStayedIsGoodAndAStricterPolicyWouldHaveBlockedIt() {
        World world = new World(World.Setup.clean());
        String id = settled(world, "9", "key-1");

        Simulation strict = simulate(world, STRICT);

        Simulation.Row row = row(strict, id);
        assertThat(row.fate()).isEqualTo(Simulation.Fate.GOOD);
        assertThat(row.then()).contains(DecisionVerdict.PASSED);
        assertThat(row.now()).contains(DecisionVerdict.REJECTED);
        assertThat(row.why()).contains("0.7 is below 0.75");
        assertThat(strict.json().without("rows"))
                .isEqualTo(Json.object()
                        .with("promotions", 1)
                        .with("flips", 1)
                        .with("rolledBack", 0)
                        .with("rolledBackStopped", 0)
                        .with("good", 1)
                        .with("goodBlocked", 1)
                        .with("notReplayable", 0));
        Simulation same = simulate(world, SAME);
        assertThat(row(same, id).flips()).isFalse();
        assertThat(row(same, id).blocked()).isFalse();
    }

    @Test
    void aVersionTakenBackInAnEmergencyAfterItSettledWouldHaveBeenStopped() {
        World world = new World(World.Setup.clean());
        String id = settled(world, "9", "key-1");
        undo(world);

        Simulation.Row row = row(simulate(world, STRICT), id);

        assertThat(row.fate()).isEqualTo(Simulation.Fate.ROLLED_BACK);
        assertThat(row.stopped()).isTrue();
        assertThat(row.blocked()).isFalse();
    }

    @Test
    void anEmergencyAfterAnEmergencyIsHeldAgainstThePromotionOfTheVersionThatItTookAway() {
        World world = new World(World.Setup.clean());
        String first = settled(world, "9", "key-1");
        String second = settled(world, "2", "key-2");
        undo(world);
        assertThat(row(simulate(world, SAME), first).fate()).isEqualTo(Simulation.Fate.GOOD);
        assertThat(world.pointer().version().orElseThrow().number().value()).isEqualTo(9);

        undo(world);

        Simulation both = simulate(world, SAME);
        assertThat(row(both, first).fate()).isEqualTo(Simulation.Fate.ROLLED_BACK);
        assertThat(row(both, second).fate()).isEqualTo(Simulation.Fate.ROLLED_BACK);
    }

    @Test
    void aVersionThatAGuardrailTookBackIsHarmAndACancelledOneSaysNothing() {
        World world = new World(World.Setup.clean().failingAt(FailAt.CANARY_5));
        String harmful = world.promote("key-1").id();
        play(world, harmful);
        String cancelled = world.promote("9", "key-2", Optional.empty()).id();
        world.run(Duration.ofSeconds(5));
        new CancelPromotion(world.parts()).cancel(cancelled, "wrong version", World.ALICE);
        play(world, cancelled);

        Simulation simulation = simulate(world, GateFixtures.aucAtLeast("stricter", "0.9"));

        assertThat(row(simulation, harmful).fate()).isEqualTo(Simulation.Fate.ROLLED_BACK);
        assertThat(row(simulation, harmful).stopped()).isTrue();
        assertThat(row(simulation, cancelled).fate()).isEqualTo(Simulation.Fate.UNKNOWN);
        assertThat(row(simulation, cancelled).flips()).isTrue();
        assertThat(simulation.json().integer("rolledBackStopped")).isEqualTo(1);
        assertThat(simulation.json().integer("goodBlocked")).isZero();
    }

    @Test
    void aVersionThatWasRejectedFlipsUnderALaxerPolicy() {
        World world = new World(World.Setup.clean().failingAt(FailAt.VALIDATE));
        String id = world.promote("key-1").id();
        play(world, id);

        Simulation.Row row = row(simulate(world, GateFixtures.aucAtLeast("lax", "0.4")), id);

        assertThat(row.letThrough()).isFalse();
        assertThat(row.flips()).isTrue();
        assertThat(row.fate()).isEqualTo(Simulation.Fate.UNKNOWN);
    }

    @Test
    void onlyPromotionsOfTheTargetSinceTheMomentAreLookedAtAndTheLatestComeFirst() {
        World world = new World(World.Setup.clean());
        String first = settled(world, "9", "key-1");
        Instant between = world.time().instant();
        String second = settled(world, "2", "key-2");

        assertThat(simulate(world, SAME).rows())
                .extracting(Simulation.Row::promotionId)
                .containsExactly(second, first);
        assertThat(simulate(world, SAME, Optional.of(TARGET), between).rows())
                .extracting(Simulation.Row::promotionId)
                .containsExactly(second);
        assertThat(simulate(world, SAME, Optional.of(new TargetName("us-prod")), Instant.EPOCH)
                        .rows())
                .isEmpty();
    }

    @Test
    void aDecisionThatIsGoneIsCountedAndNotGuessed() {
        World world = new World(World.Setup.clean());
        String id = settled(world, "9", "key-1");
        Commit.writes(
                world.table(),
                List.of(Write.delete(
                        DecisionKeys.decision(world.promotion(id).decision().orElseThrow()), Condition.present())));

        Simulation simulation = simulate(world, STRICT);

        assertThat(simulation.json().integer("notReplayable")).isEqualTo(1);
        assertThat(row(simulation, id).flips()).isFalse();
        assertThat(row(simulation, id).why()).startsWith("it cannot be decided again");
    }
}
