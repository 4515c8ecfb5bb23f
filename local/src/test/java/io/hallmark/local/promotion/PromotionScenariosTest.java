package io.hallmark.local.promotion;

import static io.hallmark.local.promotion.Fixture.MODEL;
import static io.hallmark.local.promotion.Fixture.TARGET;
import static io.hallmark.local.promotion.Plays.HOUR;
import static io.hallmark.local.promotion.Plays.play;
import static io.hallmark.local.promotion.Plays.playTo;
import static io.hallmark.local.promotion.Plays.rollBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.audit.AuditChain;
import io.hallmark.core.audit.AuditEntry;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Stage;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Ids;
import io.hallmark.core.promotion.Lock;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;
import io.hallmark.core.promotion.Rollback;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.service.promotion.CancelPromotion;
import io.hallmark.core.service.promotion.PromotionQueries;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.Flows;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Stories of promotions, each played to its end in virtual time. */
class PromotionScenariosTest {

    private static void assertWhole(World world, String id, FailAt failAt) {
        assertThat(world.invariants().atTheEnd(world, id, failAt)).isEmpty();
        AuditLog audit = new AuditLog(world.table());
        String scope = AuditLog.targetScope(TARGET, MODEL);
        assertThat(AuditChain.verify(
                        audit.entries(scope, 1, 1000),
                        AuditEntry.GENESIS,
                        1,
                        Optional.of(audit.head(scope).hash())))
                .isEmpty();
    }

    @Test
    void aGoodVersionGoesThroughEveryStepAndSettles() {
        World world = new World(World.Setup.clean());
        String id = world.promote("key-1").id();

        assertThat(play(world, id).status()).isEqualTo(PromotionStatus.SETTLED);
        assertWhole(world, id, FailAt.NOWHERE);
        assertThat(world.target().served())
                .extracting(route -> route.weightBps("1.1.0"))
                .containsExactly(0L, 0L, 500L, 5000L, 10_000L);
        assertThat(world.stage(2)).isEqualTo(Stage.PRODUCTION);
        assertThat(world.stage(1)).isEqualTo(Stage.ARCHIVED);
        assertThat(world.promote("key-1").id()).isEqualTo(id);
    }

    @Test
    void aLostAnswerOfTheShiftMovesTrafficOnce() {
        World world = new World(World.Setup.clean());
        World lossy = new World(World.Setup.clean().with(Map.of(callOf(world, "ShiftTraffic"), Fault.AFTER)));
        String id = lossy.promote("key-1").id();

        assertThat(play(lossy, id).status()).isEqualTo(PromotionStatus.SETTLED);
        assertThat(lossy.target().served())
                .extracting(RouteDocument::routeRevision)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertWhole(lossy, id, FailAt.NOWHERE);
    }

    /** The number of the first call of an action in a clean run. */
    private static int callOf(World world, String action) {
        play(world, world.promote("key-1").id());
        return world.faults().log().stream()
                .filter(line -> line.endsWith(" " + action))
                .map(line -> Integer.parseInt(line.split(" ", -1)[1]))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Test
    void aMachineKilledInTheMiddleIsRolledBackWithinTheNextSweepAndProven() {
        World world = new World(World.Setup.clean());
        String id = world.promote("key-1").id();
        playTo(world, 5000);
        world.flows().stop(Flows.Machine.PROMOTION, Ids.promotionExecution(id), "Test.Killed", "power cut");
        Instant killed = world.time().instant();

        assertThat(world.until(() -> world.promotion(id).status() == PromotionStatus.ROLLING_BACK, HOUR))
                .isTrue();
        assertThat(Duration.between(killed, world.time().instant())).isLessThanOrEqualTo(Duration.ofSeconds(60));
        assertThat(play(world, id).status()).isEqualTo(PromotionStatus.ROLLED_BACK);
        assertWhole(world, id, FailAt.NOWHERE);
    }

    @Test
    void aCallThatLandsAfterTheRollbackIsRefusedByItsRevision() {
        World world = new World(World.Setup.clean());
        int shift = callOf(world, "ShiftTraffic");
        World late = new World(World.Setup.clean().with(Map.of(shift, Fault.DELAYED, shift + 1, Fault.CANCEL)));
        String id = late.promote("key-1").id();

        assertThat(play(late, id).status()).isEqualTo(PromotionStatus.ROLLED_BACK);
        late.run(Duration.ofMinutes(5));
        assertWhole(late, id, FailAt.NOWHERE);
    }

    @Test
    void aRollbackThatOneInstanceResistsIsProvenOnlyWhenThatInstanceFollows() {
        World world = new World(World.Setup.clean().failingAt(FailAt.CANARY_50));
        String id = world.promote("key-1").id();
        playTo(world, 5000);
        world.fleet().stick(true);
        assertThat(world.until(() -> world.promotion(id).status() == PromotionStatus.ROLLING_BACK, HOUR))
                .isTrue();

        world.run(Duration.ofMinutes(10));

        assertThat(world.promotion(id).status()).isEqualTo(PromotionStatus.ROLLING_BACK);
        assertThat(world.lock().state()).isEqualTo(Lock.State.DIRTY);
        assertThatThrownBy(() -> world.promote("2", "key-2", Optional.of("again")))
                .isInstanceOfSatisfying(
                        RegistryFailure.Conflict.class,
                        busy -> assertThat(busy.code()).isEqualTo("PROMOTION_IN_PROGRESS"));
        Json.Obj rollback = new PromotionQueries(world.parts()).rollback(Ids.rollbackOf(id));
        assertThat(rollback.integer("attempts")).isGreaterThan(1);

        world.fleet().stick(false);
        assertThat(play(world, id).status()).isEqualTo(PromotionStatus.ROLLED_BACK);
        assertWhole(world, id, FailAt.CANARY_50);
    }

    @Test
    void metricsThatVanishRollBackAfterTheToleratedLooksWithoutBarringTheVersion() {
        World world = new World(World.Setup.clean());
        String id = world.promote("key-1").id();
        playTo(world, 5000);
        world.fleet().goSilent();

        Promotion after = play(world, id);
        assertThat(after.status()).isEqualTo(PromotionStatus.ROLLED_BACK);
        assertThat(after.cause().map(Cause::kind))
                .hasValueSatisfying(kind -> assertThat(kind).isIn(Cause.Kind.NO_EVIDENCE, Cause.Kind.INCONCLUSIVE));
        assertWhole(world, id, FailAt.NOWHERE);
        assertThat(world.promote("key-2").status()).isEqualTo(PromotionStatus.RUNNING);
    }

    @Test
    void aVersionTakenBackByAGuardrailNeedsAnOverride() {
        World world = new World(World.Setup.clean().failingAt(FailAt.CANARY_5));
        String id = world.promote("key-1").id();

        assertThat(play(world, id).cause().map(Cause::kind)).contains(Cause.Kind.GUARDRAIL);
        assertThat(world.stage(2)).isEqualTo(Stage.ROLLED_BACK);
        assertThatThrownBy(() -> world.promote("key-2"))
                .isInstanceOfSatisfying(RegistryFailure.Conflict.class, refused -> {
                    assertThat(refused.code()).isEqualTo("OVERRIDE_REQUIRED");
                    assertThat(refused.found().object("links").text("other")).isEqualTo("/v1/promotions/" + id);
                });
        assertThat(world.promote("2", "key-3", Optional.of("the dashboard was wrong"))
                        .status())
                .isEqualTo(PromotionStatus.RUNNING);
    }

    @Test
    void aVersionThatFailsAGateMovesNothingAndIsRejected() {
        World world = new World(World.Setup.clean().failingAt(FailAt.VALIDATE));
        String id = world.promote("key-1").id();

        assertThat(play(world, id).status()).isEqualTo(PromotionStatus.REJECTED);
        assertThat(world.target().served()).hasSize(1);
        assertWhole(world, id, FailAt.VALIDATE);
        Json.Obj promotion = new PromotionQueries(world.parts()).promotion(id);
        assertThat(promotion.object("verdict").text("reason")).contains("0.5 is below 0.6");
        assertThat(promotion.object("rollback").object("proof").text("basis")).isEqualTo("UNMOVED");
    }

    @Test
    void anEmergencyIsAppliedAtOnceAndProvenWithoutAnyStateMachine() {
        World world = new World(World.Setup.clean());
        play(world, world.promote("key-1").id());
        world.flows().down(true);
        Instant before = world.time().instant();

        Rollback applied = rollBack(world, "p99 on fire");

        assertThat(applied.appliedAt()).contains(before);
        assertThat(world.target().serving().orElseThrow().weightBps("1.0.0")).isEqualTo(10_000);
        assertThat(applied.proven()).isFalse();
        assertThat(world.until(() -> world.lock().state() == Lock.State.FREE, HOUR))
                .isTrue();
        assertThat(world.pointer().version().orElseThrow().version()).hasToString("1.0.0");
        assertThat(world.stage(1)).isEqualTo(Stage.PRODUCTION);
        assertThat(world.stage(2)).isEqualTo(Stage.ROLLED_BACK);
        Json.Obj rollback = new PromotionQueries(world.parts()).rollback(applied.id());
        assertThat(rollback.object("proof").text("basis")).isEqualTo("ACKNOWLEDGED");
        assertThat(rollback.text("requestedBy")).isEqualTo("bob");
        assertThat(world.invariants().broken()).isEmpty();
    }

    @Test
    void anEmergencyDuringAPromotionFencesItsMachine() {
        World world = new World(World.Setup.clean());
        String id = world.promote("key-1").id();
        playTo(world, 500);

        rollBack(world, "complaints");

        assertThat(play(world, id).status()).isEqualTo(PromotionStatus.ROLLED_BACK);
        assertThat(world.promotion(id).cause().map(Cause::kind)).contains(Cause.Kind.EMERGENCY);
        assertWhole(world, id, FailAt.NOWHERE);
    }

    @Test
    void rollingBackTwiceGoesTwoVersionsBackAndThenThereIsNone() {
        World world = new World(World.Setup.clean());
        play(world, world.promote("key-1").id());

        rollBack(world, "first");
        assertThat(world.until(() -> world.lock().state() == Lock.State.FREE, HOUR))
                .isTrue();
        assertThat(world.pointer().version().orElseThrow().number().value()).isEqualTo(1);
        rollBack(world, "second");
        assertThat(world.until(() -> world.lock().state() == Lock.State.FREE, HOUR))
                .isTrue();
        assertThat(world.pointer().version().orElseThrow().number().value()).isEqualTo(9);
        assertThatThrownBy(() -> rollBack(world, "third"))
                .isInstanceOfSatisfying(
                        RegistryFailure.Conflict.class,
                        none -> assertThat(none.code()).isEqualTo("NO_PREVIOUS"));
    }

    @Test
    void ofTwoPromotionsOfOneTargetTheSecondIsRefusedWithALinkToTheFirst() {
        World world = new World(World.Setup.clean());
        String id = world.promote("key-1").id();

        assertThatThrownBy(() -> world.promote("9", "key-2", Optional.empty()))
                .isInstanceOfSatisfying(RegistryFailure.Conflict.class, busy -> {
                    assertThat(busy.code()).isEqualTo("PROMOTION_IN_PROGRESS");
                    assertThat(busy.found().object("links").text("other")).isEqualTo("/v1/promotions/" + id);
                });
    }

    @Test
    void theSameKeyWithAnotherRequestIsRefused() {
        World world = new World(World.Setup.clean());
        world.promote("key-1");

        assertThatThrownBy(() -> world.promote("9", "key-1", Optional.empty()))
                .isInstanceOfSatisfying(
                        RegistryFailure.Invalid.class,
                        other -> assertThat(other.code()).isEqualTo("IDEMPOTENCY_MISMATCH"));
    }

    @Test
    void aPromotionCancelledBeforeAnythingMovedEndsAtOnce() {
        World world = new World(World.Setup.clean());
        String id = world.promote("key-1").id();

        Promotion cancelled = new CancelPromotion(world.parts()).cancel(id, "wrong version", World.ALICE);

        assertThat(cancelled.status()).isEqualTo(PromotionStatus.CANCELLED);
        assertThat(world.lock().state()).isEqualTo(Lock.State.FREE);
        world.run(Duration.ofMinutes(5));
        assertThat(world.target().served()).hasSize(1);
        assertWhole(world, id, FailAt.NOWHERE);
    }

    @Test
    void aRouteThatTheTargetLostIsRolledBackAsDrift() {
        World world = new World(World.Setup.clean());
        String id = world.promote("key-1").id();
        playTo(world, 500);
        world.blobs().delete(Fixture.REGISTRY_BUCKET, "routes/fraud/eu-prod/current.json");

        Promotion after = play(world, id);
        assertThat(after.status()).isEqualTo(PromotionStatus.ROLLED_BACK);
        assertThat(after.cause().map(Cause::kind)).contains(Cause.Kind.ROUTE_DRIFT);
        assertWhole(world, id, FailAt.NOWHERE);
    }

    @Test
    void threeFailedCanariesInARowLeaveNothingBehind() {
        World world = new World(World.Setup.clean().failingAt(FailAt.CANARY_5));
        for (int round = 1; round <= 3; round++) {
            String id =
                    world.promote("2", "key-" + round, Optional.of("once more")).id();
            assertThat(play(world, id).status()).isEqualTo(PromotionStatus.ROLLED_BACK);
            assertWhole(world, id, FailAt.CANARY_5);
        }
        assertThat(world.lock().fence()).isEqualTo(7);
    }

    @Test
    void theEvidenceShowsCountsLimitsAndVerdictsUnderOneDigest() {
        World world = new World(World.Setup.clean().failingAt(FailAt.CANARY_5));
        String id = world.promote("key-1").id();
        play(world, id);

        Json.Obj evidence = new PromotionQueries(world.parts()).evidence(id);

        assertThat(evidence.text("canonical"))
                .contains("\"decision\":\"HARM\"")
                .contains("40 of 200 requests is 0.2; allowed 0.01")
                .contains("\"basis\":\"ACKNOWLEDGED\"");
        assertThat(evidence.text("sha256"))
                .isEqualTo(io.hallmark.core.identity.Hashing.sha256(evidence.text("canonical"))
                        .hex());
    }
}
