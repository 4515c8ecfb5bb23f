package io.hallmark.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hallmark.client.Digests;
import io.hallmark.client.Endpoint;
import io.hallmark.client.Route;
import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulatedFleetTest {

    private static final JsonValue ROUTE = JsonValue.parse("""
            {"model":"fraud","target":"eu","routeRevision":7,
             "baseline":{"version":"1.0.0","artifact":"s3://a","sha256":"%s"},
             "candidate":{"version":"1.1.0","artifact":"s3://b","sha256":"%s"},
             "weightsBps":{"1.0.0":7500,"1.1.0":2500},"shadow":{"version":null,"samplingBps":0},
             "assignment":{"salt":"p-1"}}""".formatted("a".repeat(64), "b".repeat(64)));

    private final List<JsonValue> windows = new CopyOnWriteArrayList<>();
    private final List<JsonValue> acks = new CopyOnWriteArrayList<>();
    private final CountDownLatch enough = new CountDownLatch(8);

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String etag = "\"7\"";
            exchange.getResponseHeaders().set("ETag", etag);
            if (path.endsWith("/acks")) {
                acks.add(JsonValue.parse(body));
                exchange.sendResponseHeaders(202, -1);
            } else if (path.endsWith("/observations")) {
                windows.addAll(JsonValue.parse(body).at("windows").items());
                enough.countDown();
                exchange.sendResponseHeaders(202, -1);
            } else if (!path.endsWith("/route")) {
                exchange.sendResponseHeaders(404, -1);
            } else if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                byte[] document =
                        ROUTE.with("digest", Digests.ofCanonical(ROUTE)).write().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, document.length);
                exchange.getResponseBody().write(document);
            }
        }
    }

    @Test
    void instancesServeByTheRouteAcknowledgeItAndReportTheFaultWhereItIs() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var pool = Executors.newFixedThreadPool(8);
        server.setExecutor(pool);
        server.createContext("/", this::answer);
        server.start();
        List<String> heard = new CopyOnWriteArrayList<>();
        SimulatedFleet.Listener listener = new SimulatedFleet.Listener() {
            @Override
            public void applied(String instance, Route route) {
                heard.add(instance + " applied " + route.revision());
            }

            @Override
            public void faultReported(Fault fault, Instant at) {
                heard.add("fault");
            }
        };
        Endpoint endpoint = new Endpoint(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "t");
        try (SimulatedFleet fleet = new SimulatedFleet(
                new SimulatedFleet.Setup(endpoint, "eu", "fraud", 2, 4000, Duration.ofMillis(50)),
                listener,
                Instant::now)) {
            fleet.inject(Fault.parse("latency@canary"));
            fleet.start(new Random(20261121));
            assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            server.stop(0);
            pool.shutdownNow();
        }

        assertThat(heard)
                .contains("instance-1 applied 7", "instance-2 applied 7")
                .containsOnlyOnce("fault");
        assertThat(acks)
                .isNotEmpty()
                .allMatch(ack -> ack.at("loaded").items().size() == 2)
                .allMatch(ack -> ack.at("routeRevision").integer().orElse(0L) == 7);
        double canary = sum("canary", "requests");
        double baseline = sum("baseline", "requests");
        assertThat(canary / (canary + baseline)).isBetween(0.2, 0.3);
        assertThat(sumOver("canary") / canary).isBetween(0.22, 0.38);
        assertThat(sumOver("baseline")).isZero();
    }

    private double sum(String role, String field) {
        return of(role).stream()
                .mapToLong(window -> window.at(field).integer().orElse(0L))
                .sum();
    }

    private double sumOver(String role) {
        return of(role).stream()
                .mapToLong(window -> window.at("overSlo", "100").integer().orElse(0L))
                .sum();
    }

    private List<JsonValue> of(String role) {
        return windows.stream()
                .filter(window -> window.at("role").textOr("").equals(role))
                .toList();
    }
}
