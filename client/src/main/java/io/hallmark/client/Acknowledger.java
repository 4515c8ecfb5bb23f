package io.hallmark.client;

import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Tells the registry which route an instance serves and which bytes it has loaded. The registry believes a rollback only
 * when every live instance has said so twice; an instance counts as live until it has missed three polls.
 */
public final class Acknowledger {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Endpoint endpoint;
    private final String instanceId;
    private final InstantSource clock;

    public Acknowledger(Endpoint endpoint, String instanceId, InstantSource clock) {
        this.endpoint = endpoint;
        this.instanceId = instanceId;
        this.clock = clock;
    }

    /** Acknowledges a route once. Answers whether the registry took it; if not, the next poll tries again. */
    public boolean acknowledge(Route route, List<Route.Deployed> loaded) throws InterruptedException {
        List<JsonValue> versions = loaded.stream()
                .map(each -> JsonValue.object().with("version", each.version()).with("sha256", each.sha256()))
                .toList();
        JsonValue body = JsonValue.object()
                .with("instanceId", instanceId)
                .with("routeRevision", route.revision())
                .with("routeDigest", route.digest())
                .with("loaded", JsonValue.array(versions))
                .with("at", clock.instant().toString());
        String path = "/v1/targets/" + route.target() + "/models/" + route.model() + "/acks";
        try {
            return endpoint.send("POST", path, body, Map.of(), LIMIT).statusCode() / 100 == 2;
        } catch (IOException down) {
            return false;
        }
    }
}
