package io.hallmark.local.promotion;

import static io.hallmark.local.promotion.Fixture.GATES;
import static io.hallmark.local.promotion.Plays.play;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.Decision;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;
import io.hallmark.core.service.gate.GatePolicies;
import io.hallmark.core.service.promotion.RequestPromotion.Request.Review;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Stories of gates that stand before production, played in virtual time. */
class ProductionGateScenarioTest {

    private static final GatePolicy FIRST =
            Fixture.gates(GATES, 1, "", "- {id: auc, metric: roc_auc, unit: fraction, min: \"0.6\"}");

    /** A world whose model has a gate before production that asks for this. */
    private static World world(String rule) {
        World world = new World(World.Setup.clean().gated(FIRST));
        GatePolicy late = Fixture.gates("""
                apiVersion: gates/v1
                kind: GatePolicy
                metadata: {name: late, version: 1}
                spec:
                  appliesTo: {models: ["fr*"], transition: {to: production}}
                  baseline: {ref: "stage:production", evidence: persisted}
                  rules:
                    - %s""".formatted(rule));
        new GatePolicies(world.table(), world.time(), java.util.List.of()).put("late", late, World.ALICE);
        world.report(2, "\"n\": 5000, \"roc_auc\": 0.8, \"roc_auc_se\": 0.01");
        return world;
    }

    private static Decision late(World world, Promotion promotion) {
        Json.Obj gates = promotion.productionGates().orElseThrow();
        return world.parts().gates().get(new Sha256(gates.text("digest")));
    }

    @Test
    void aVersionThatPassesIsDecidedOnTwiceAndGoesToProduction() {
        World world = world("{id: auc, metric: roc_auc, unit: fraction, min: \"0.75\", bound: lower}");
        Promotion after = play(world, world.promote("key-1").id());

        assertThat(after.status()).isEqualTo(PromotionStatus.SETTLED);
        Decision decision = late(world, after);
        assertThat(decision.document().object("policy").text("name")).isEqualTo("late");
        assertThat(decision.document().text("previous"))
                .isEqualTo(after.decision().orElseThrow().hex());
    }

    @Test
    void aVersionThatFailsThereIsTakenBackFromItsCanaryAndBarred() {
        World world = world("{id: auc, metric: roc_auc, unit: fraction, min: \"0.9\"}");
        Promotion after = play(world, world.promote("key-1").id());

        assertThat(after.status()).isEqualTo(PromotionStatus.ROLLED_BACK);
        assertThat(after.cause().map(Cause::kind)).contains(Cause.Kind.GATE);
        assertThat(world.pointer().version().orElseThrow().version()).hasToString("1.0.0");
        assertThat(late(world, after).admits()).isFalse();
    }

    @Test
    void whatIsNotShownThereMayBeReviewedAndTheVersionIsNotBarred() {
        World world = world("{id: auc, metric: roc_auc, unit: fraction, min: \"0.79\", bound: lower}");
        Promotion first = play(world, world.promote("key-1").id());
        assertThat(first.cause().map(Cause::kind)).contains(Cause.Kind.UNDECIDED);

        Review review = new Review(late(world, first).digest(), "the margin is a convention");
        Promotion second = play(
                world,
                world.promote("2", "key-2", Optional.empty(), Optional.of(review))
                        .id());

        assertThat(second.status()).isEqualTo(PromotionStatus.SETTLED);
        assertThat(late(world, second).reviewed()).isTrue();
    }
}
