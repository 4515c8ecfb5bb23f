package io.hallmark.handlers.api;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Table;
import io.hallmark.handlers.wiring.Build;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Says that the registry answers, which build it is, where it runs, and that its table can be reached. */
public final class HealthRoutes implements Routes {

    /** Where nothing is: reading it costs one read and finds out whether the table answers. */
    private static final Key NOWHERE = new Key("HEALTH", "PROBE");

    private final Build build;
    private final String place;
    private final Table table;
    private final InstantSource clock;

    /** @param place {@code aws} or {@code local} */
    public HealthRoutes(Build build, String place, Table table, InstantSource clock) {
        this.build = build;
        this.place = place;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route("GET", "/v1/health", this::health));
    }

    /** A table that does not answer throws, and that is the problem document with status 503. */
    private ApiResponse health(ApiRequest request, Map<String, String> variables) {
        Instant before = clock.instant();
        table.get(NOWHERE);
        long millis = Duration.between(before, clock.instant()).toMillis();
        return ApiResponse.ok(Json.object()
                .with("status", "ok")
                .with("version", build.version())
                .with("time", clock.instant().toString())
                .with("place", place)
                .with(
                        "build",
                        Json.object()
                                .with("version", build.version())
                                .with("commit", build.commit())
                                .with("builtAt", build.builtAt()))
                .with(
                        "checks",
                        Json.object()
                                .with(
                                        "table",
                                        Json.object().with("status", "ok").with("ms", Math.max(0, millis)))));
    }
}
