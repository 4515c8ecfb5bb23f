package io.hallmark.handlers.api;

import io.hallmark.core.json.Json;
import java.time.InstantSource;
import java.util.List;

/** Says that the registry answers, and which one it is. */
public final class HealthRoutes implements Routes {

    private final String version;
    private final InstantSource clock;

    public HealthRoutes(String version, InstantSource clock) {
        this.version = version;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(
                "GET",
                "/v1/health",
                (request, variables) -> ApiResponse.ok(Json.object()
                        .with("status", "ok")
                        .with("version", version)
                        .with("time", clock.instant().toString()))));
    }
}
