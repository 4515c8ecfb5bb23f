package io.hallmark.handlers.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.Actor;
import io.hallmark.core.service.Idempotency;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdempotentWritesTest {

    private static final InstantSource CLOCK = () -> Instant.parse("2026-11-21T10:00:00Z");

    private final AtomicInteger done = new AtomicInteger();
    private final Routes counting = () -> List.of(
            new Routes.Route("POST", "/v1/things", (request, names) -> count(201)),
            new Routes.Route("GET", "/v1/things", (request, names) -> count(200)));
    private final Router router = new Router(
            List.of(new IdempotentWrites(counting, new Idempotency(new MemoryTable(CLOCK), CLOCK, new Random(7)))));

    private ApiResponse count(int status) {
        return ApiResponse.of(status, Json.object().with("count", done.incrementAndGet()));
    }

    private ApiResponse send(String method, Map<String, String> headers, String body) {
        return router.answer(new ApiRequest(
                "r-1",
                method,
                "/v1/things",
                Map.of(),
                headers,
                new ApiRequest.Body(body.getBytes(StandardCharsets.UTF_8)),
                new Actor("ana")));
    }

    private ApiResponse post(String key, String body) {
        return send("POST", Map.of("idempotency-key", key, "content-type", "application/json"), body);
    }

    @Test
    void aRepeatedWriteIsDoneOnceAndAnsweredTheSame() {
        ApiResponse first = post("k-1", "{\"a\":1}");
        ApiResponse second = post("k-1", "{\"a\":1}");

        assertThat(second).isEqualTo(first);
        assertThat(first.status()).isEqualTo(201);
        assertThat(done).hasValue(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIs422() {
        post("k-1", "{\"a\":1}");

        ApiResponse other = post("k-1", "{\"a\":2}");

        assertThat(other.status()).isEqualTo(422);
        assertThat(((Json.Obj) other.body().orElseThrow()).text("code")).isEqualTo("IDEMPOTENCY_MISMATCH");
    }

    @Test
    void withoutAKeyAndForReadsEveryCallIsOneOfItsOwn() {
        send("POST", Map.of("content-type", "application/json"), "{}");
        send("POST", Map.of("content-type", "application/json"), "{}");
        send("GET", Map.of("idempotency-key", "k-1"), "");
        send("GET", Map.of("idempotency-key", "k-1"), "");

        assertThat(done).hasValue(4);
    }
}
