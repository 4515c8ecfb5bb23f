package io.hallmark.handlers.api;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.service.audit.Digests;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The signed digests of the audit trail, as they lie in their bucket. */
public final class DigestRoutes implements Routes {

    private final Optional<Digests> digests;

    /** @param digests empty in a place that has none */
    public DigestRoutes(Optional<Digests> digests) {
        this.digests = digests;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route("GET", "/v1/digests/{number}", this::digest));
    }

    private ApiResponse digest(ApiRequest request, Map<String, String> variables) {
        String number = variables.getOrDefault("number", "");
        if (!number.matches("[1-9]\\d{0,11}")) {
            throw new RegistryFailure.NotFound("digest", "of this number");
        }
        return ApiResponse.ok(digests.orElseThrow(() -> new RegistryFailure.NotFound("digest", number))
                .get(Long.parseLong(number)));
    }
}
