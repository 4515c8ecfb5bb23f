package io.hallmark.handlers.api;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.service.Idempotency;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Routes whose writes, if they bring an {@code Idempotency-Key}, are done once and answered again. */
final class IdempotentWrites implements Routes {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final Routes routes;
    private final Idempotency idempotency;

    IdempotentWrites(Routes routes, Idempotency idempotency) {
        this.routes = routes;
        this.idempotency = idempotency;
    }

    @Override
    public List<Route> routes() {
        return routes.routes().stream()
                .map(route -> WRITES.contains(route.method()) ? route.answeredBy(once(route.endpoint())) : route)
                .toList();
    }

    private Endpoint once(Endpoint endpoint) {
        return (request, variables) -> request.header("idempotency-key")
                .map(key -> once(key, endpoint, request, variables))
                .orElseGet(() -> endpoint.answer(request, variables));
    }

    private ApiResponse once(String key, Endpoint endpoint, ApiRequest request, Map<String, String> variables) {
        Idempotency.Answer answer =
                idempotency.once(new Idempotency.Request(request.actor(), key, digest(request)), () -> {
                    ApiResponse response = endpoint.answer(request, variables);
                    Json.Obj body = (Json.Obj) response.body().orElse(Json.object());
                    return new Idempotency.Answer(response.status(), body);
                });
        return new ApiResponse(answer.status(), Map.of(), Optional.of(answer.body()));
    }

    private static Sha256 digest(ApiRequest request) {
        byte[] line = (request.method() + " " + request.path() + "\n").getBytes(StandardCharsets.UTF_8);
        return Hashing.sha256(line, request.body().bytes());
    }
}
