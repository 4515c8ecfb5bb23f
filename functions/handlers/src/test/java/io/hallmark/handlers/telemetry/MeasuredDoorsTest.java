package io.hallmark.handlers.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.Rollback;
import io.hallmark.core.service.promotion.Actions;
import io.hallmark.core.service.promotion.CancelPromotion;
import io.hallmark.core.service.promotion.StepCall;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Write;
import io.hallmark.handlers.api.ApiHandler;
import io.hallmark.handlers.api.Router;
import io.hallmark.handlers.promotion.ReconcileHandler;
import io.hallmark.handlers.sweep.SweepHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every metric that a door or a commit tells, by the failure or the event that it is for. */
class MeasuredDoorsTest {

    private final MeasuredRegistry registry = new MeasuredRegistry();

    private SweepHandler sweep() {
        return new SweepHandler(registry.wiring.sweep(), registry.wiring.outboxAge(), registry.telemetry);
    }

    private ReconcileHandler reconcile() {
        return new ReconcileHandler(
                registry.wiring.reconciler(),
                registry.wiring.hashWatch(),
                registry.wiring.outboxAge(),
                registry.telemetry);
    }

    @Test
    void aRegistrationTellsItsLatencyItsBytesAndThatItWasOne() {
        registry.upload("incoming/fraud/model.onnx", "weights");

        assertThat(registry.values(Metric.REGISTERED)).containsExactly(1L);
        assertThat(registry.values(Metric.INGEST_LATENCY)).containsExactly(2000L);
        assertThat(registry.values(Metric.BYTES_HASHED)).containsExactly(7L);
    }

    @Test
    void newsThatComesAgainIsNotCountedAgain() {
        ObjectVersion object = registry.upload("incoming/fraud/model.onnx", "weights");
        registry.lines.clear();
        registry.tell(object, Optional.empty());

        assertThat(registry.lines).isEmpty();
    }

    @Test
    void theSameContentIsADuplicateAndNoRegistration() {
        registry.upload("incoming/fraud/model.onnx", "weights");
        registry.upload("incoming/fraud/again.onnx", "weights");

        assertThat(registry.values(Metric.DUPLICATE)).containsExactly(1L);
        assertThat(registry.values(Metric.REGISTERED)).containsExactly(1L);
    }

    @Test
    void whatIsKeptOutIsCountedUnderItsCode() {
        registry.upload("incoming/fraud/empty.onnx", "");
        registry.upload("incoming/../up", "x");

        assertThat(registry.values(Metric.QUARANTINED, "EMPTY")).containsExactly(1L);
        assertThat(registry.values(Metric.QUARANTINED, "KEY_PATH")).containsExactly(1L);
        assertThat(registry.values(Metric.REGISTERED)).isEmpty();
    }

    @Test
    void whatWasGoneBeforeItWasReadHasVanished() {
        registry.tell(new ObjectVersion("hallmark", "incoming/fraud/gone", "v-1"), Optional.empty());

        assertThat(registry.values(Metric.VANISHED)).containsExactly(1L);
    }

    @Test
    void anUploadWithoutNewsIsRepairedByTheSweepAndCounted() {
        registry.put("incoming/fraud/model.onnx", "weights");
        registry.clock.advance(Duration.ofHours(1));

        sweep().handleRequest(MeasuredRegistry.tick(), null);
        sweep().handleRequest(MeasuredRegistry.tick(), null);

        assertThat(registry.values(Metric.SWEEP_REPAIRED)).containsExactly(1L, 0L);
        assertThat(registry.values(Metric.REGISTERED)).containsExactly(1L);
    }

    @Test
    void aRegisteredObjectThatIsGoneIsMissedOnceAndNotRegisteredAgain() {
        ObjectVersion object = registry.upload("incoming/fraud/model.onnx", "weights");
        assertThat(registry.blobs.erase(object)).isTrue();

        sweep().handleRequest(MeasuredRegistry.tick(), null);

        assertThat(registry.values(Metric.ARTIFACT_MISSING)).containsExactly(1L);
        assertThat(registry.values(Metric.REGISTERED)).containsExactly(1L);
    }

    @Test
    void aMessageThatIsNotDeliveredAges() {
        ModelName model = new ModelName("fraud");
        List<Outbox.Message> message = List.of(new Outbox.Message.Publish("type", Json.object()));
        Commit.writes(registry.table, Outbox.append(model, "model:fraud", 1, registry.clock.instant(), message));
        registry.clock.advance(Duration.ofMinutes(11));

        reconcile().handleRequest(MeasuredRegistry.tick(), null);

        assertThat(registry.values(Metric.OUTBOX_AGE)).containsExactly(660L);
    }

    @Test
    void aRollbackThatCannotBeProvenIsStuck() {
        Json.Obj row = rollback().unproven("no instance answers").row();
        Commit.writes(
                registry.table,
                List.of(Write.put(new Item(
                        PromotionKeys.rollback("rb-1"),
                        row.with(Index.GSI1.pk(), PromotionKeys.OPEN)
                                .with(Index.GSI1.sk(), "ROLLBACK#rb-1")
                                .with("rev", 1)))));

        reconcile().handleRequest(MeasuredRegistry.tick(), null);

        assertThat(registry.values(Metric.STUCK_PROMOTIONS)).containsExactly(1L);
    }

    private Rollback rollback() {
        return Rollback.claimed(
                new Rollback.Claim(
                        "rb-1",
                        new ModelName("fraud"),
                        new TargetName("eu-prod"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new Cause(Cause.Kind.EMERGENCY, "p99", new Actor("alice")),
                        new Policy.RollbackRule(2, 15, 35, 40)),
                7,
                registry.clock.instant());
    }

    @Test
    void aProvenRollbackIsCountedUnderItsCauseUnlessNothingHadMoved() {
        Json.Obj moved = Json.object().with("basis", "ACKNOWLEDGED");
        Json.Obj unmoved = Json.object().with("basis", "UNMOVED");
        for (Json.Obj proof : List.of(moved, unmoved)) {
            Commit.writes(
                    registry.measured,
                    List.of(Write.put(new Item(
                            PromotionKeys.rollback("rb-1"),
                            rollback().proven(proof, registry.clock.instant()).row()))));
        }

        assertThat(registry.values(Metric.ROLLBACK, "EMERGENCY")).containsExactly(1L);
    }

    @Test
    void aPromotionThatEndsWithoutServingIsCountedUnderItsCauseWithItsDuration() {
        registry.upload("incoming/fraud/model.onnx", "weights");
        String id = registry.promoted();
        registry.clock.advance(Duration.ofSeconds(90));

        new CancelPromotion(registry.wiring.promotionParts()).cancel(id, "not today", new Actor("alice"));

        assertThat(registry.values(Metric.PROMOTION_FAILED, "CANCELLED")).containsExactly(1L);
        assertThat(registry.values(Metric.PROMOTION_DURATION)).containsExactly(90L);
    }

    @Test
    void aSettledPromotionHasADurationAndNoFailure() {
        Json.Obj row = Json.object()
                .with("promotionId", "p-1")
                .with("status", "SETTLED")
                .with("requestedAt", registry.clock.instant().toString())
                .with("endedAt", registry.clock.instant().plusSeconds(30).toString());
        Commit.writes(registry.measured, List.of(Write.put(new Item(Keys.promotion("p-1"), row))));

        assertThat(registry.values(Metric.PROMOTION_DURATION)).containsExactly(30L);
        assertThat(registry.lines).noneMatch(line -> line.contains("PromotionFailed"));
    }

    @Test
    void theVerdictOfTheGatesIsCountedByItsWord() {
        registry.upload("incoming/fraud/model.onnx", "weights");
        String id = registry.promoted();
        for (String action : List.of("AcquireLock", "Validate")) {
            Actions.decide(registry.wiring.promotionParts())
                    .run(action, new StepCall(id, "e", action, 0, Optional.empty()));
        }

        assertThat(registry.lines)
                .filteredOn(line -> line.contains("\"GateResult\":1"))
                .hasSize(1);
        assertThat(registry.lines)
                .anyMatch(line -> line.contains("\"Reason\":\"REJECTED\"")
                        || line.contains("\"Reason\":\"NEEDS_REVIEW\"")
                        || line.contains("\"Reason\":\"PASSED\""));
    }

    @Test
    void aCallerWithoutANameIsDeniedAndCounted() {
        ApiHandler handler = new ApiHandler(new Router(List.of()), registry.telemetry);
        APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
        event.setRawPath("/v1/models");
        event.setRequestContext(APIGatewayV2HTTPEvent.RequestContext.builder()
                .withHttp(APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                        .withMethod("GET")
                        .build())
                .build());

        assertThat(handler.handleRequest(event, null).getStatusCode()).isEqualTo(401);
        assertThat(registry.values(Metric.AUTH_DENIED, "AUTH_REQUIRED")).containsExactly(1L);
    }

    @Test
    void theTraceOfAnUploadIsThatOfItsPromotionAndOfItsRollback() {
        String header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        ObjectVersion object = registry.put("incoming/fraud/model.onnx", "weights");
        registry.tell(object, Optional.of(header + ";Lineage=1"));
        String id = registry.promoted();
        registry.wiring.outbox().run();

        assertThat(registry.flows.traces).containsExactly("PROMOTION " + header);
        Json.Obj promotion =
                registry.table.get(Keys.promotion(id)).orElseThrow().attributes();
        assertThat(promotion.text("uploadId"))
                .isEqualTo(io.hallmark.core.identity.UploadId.of(object).hex());
    }

    @Test
    void withoutATraceOfTheMessageThatOfTheCallCounts() {
        registry.trace.set(io.hallmark.core.model.Trace.parse("Root=1-5759e988-bd862e3fe1be46a994272793"));
        registry.upload("incoming/fraud/model.onnx", "weights");
        registry.promoted();
        registry.wiring.outbox().run();

        assertThat(registry.flows.traces).containsExactly("PROMOTION Root=1-5759e988-bd862e3fe1be46a994272793");
    }
}
