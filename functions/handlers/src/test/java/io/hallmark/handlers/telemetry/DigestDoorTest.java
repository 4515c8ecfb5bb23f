package io.hallmark.handlers.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import io.hallmark.handlers.api.ApiResponse;
import io.hallmark.handlers.audit.DigestHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestDoorTest {

    private final MeasuredRegistry registry = new MeasuredRegistry();
    private final DigestHandler handler = new DigestHandler(registry.wiring.auditDigests(), registry.telemetry);

    private Map<String, Object> hour() {
        registry.clock.advance(Duration.ofHours(1));
        return handler.handleRequest(MeasuredRegistry.tick(), null);
    }

    @Test
    void aRunTellsThatTheChainsHoldAndHowOldTheNewestDigestWas() {
        registry.upload("incoming/fraud/model.onnx", "weights");

        assertThat(hour()).containsEntry("written", 1).containsEntry("entries", 1L);
        hour();

        assertThat(registry.values(Metric.AUDIT_CHAIN_OK)).containsExactly(1L, 1L);
        assertThat(registry.values(Metric.DIGEST_AGE)).containsExactly(0L, 60L);
    }

    @Test
    void anEntryThatSomebodyChangedIsZero() {
        registry.upload("incoming/fraud/model.onnx", "weights");
        hour();
        Item entry = registry.table.get(Keys.audit("model:fraud", 1)).orElseThrow();
        Json.Obj body = entry.attributes().object("body").with("actor", "mallory");
        registry.table.transact(new Transaction(
                "t", List.of(Write.put(new Item(entry.key(), entry.attributes().with("body", body))))));

        hour();

        assertThat(registry.values(Metric.AUDIT_CHAIN_OK)).containsExactly(1L, 0L);
    }

    @Test
    void aKeyThatIsDeniedFailsTheRunAndTheAgeGrows() {
        hour();
        registry.signer.denied.set(true);

        assertThatThrownBy(this::hour)
                .isInstanceOf(RegistryFailure.Unavailable.class)
                .hasMessageContaining("AccessDenied");
        assertThatThrownBy(this::hour).isInstanceOf(RegistryFailure.Unavailable.class);

        assertThat(registry.values(Metric.DIGEST_AGE)).containsExactly(0L, 60L, 120L);
    }

    @Test
    void theAuditOfAScopeNamesItsDigestAndTheDigestIsAnsweredAsItLies() {
        registry.upload("incoming/fraud/model.onnx", "weights");
        assertThat(body(registry.get("/v1/audit/model:fraud")).has("digest")).isFalse();
        hour();

        Json.Obj named = body(registry.get("/v1/audit/model:fraud")).object("digest");
        assertThat(named)
                .isEqualTo(Json.object().with("number", 1).with("seq", 1).with("link", "/v1/digests/1"));
        Json.Obj digest = body(registry.get(named.text("link")));
        assertThat(digest.text("algorithm")).isEqualTo("ECDSA_SHA_256");
        assertThat(digest.object("document").integer("number")).isEqualTo(1);
        assertThat(registry.get("/v1/digests/2").status()).isEqualTo(404);
        assertThat(registry.get("/v1/digests/x").status()).isEqualTo(404);
    }

    private static Json.Obj body(ApiResponse answer) {
        assertThat(answer.status()).isEqualTo(200);
        return (Json.Obj) answer.body().orElseThrow();
    }
}
