package io.hallmark.local.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.handlers.api.ApiHandler;
import io.hallmark.handlers.api.ApiRequest;
import io.hallmark.handlers.api.ApiResponse;
import io.hallmark.handlers.api.HealthRoutes;
import io.hallmark.handlers.api.Router;
import io.hallmark.handlers.api.Routes;
import io.hallmark.handlers.wiring.Build;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiDoorTest {

    private static final String TOKEN = "a".repeat(43);

    private final CountDownLatch change = new CountDownLatch(1);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final LoopbackServer server = start();

    private LoopbackServer start() {
        Routes routes = () -> List.of(
                new Routes.Route("POST", "/v1/echo", this::echo),
                new Routes.Route("GET", "/v1/wait", this::await),
                new Routes.Route(
                        "GET",
                        "/v1/same",
                        (request, variables) -> ApiResponse.empty(304).header("etag", "\"1\"")));
        Router router = new Router(List.of(
                routes,
                new HealthRoutes(
                        new Build("0.1.0", "abc", "2026-01-01T00:00:00Z"),
                        "local",
                        new MemoryTable(),
                        () -> Instant.EPOCH)));
        ApiDoor door = new ApiDoor(
                new ApiHandler(router), new BearerToken(TOKEN), "local", () -> Instant.EPOCH, new Random(7));
        try {
            return LoopbackServer.start(
                    new LoopbackServer.Settings(
                            "api-test", 0, ApiDoor.THREADS, ApiDoor.HEADER_BYTES_MAX, ApiDoor.BODY_BYTES_MAX),
                    door);
        } catch (IOException cannot) {
            throw new IllegalStateException(cannot);
        }
    }

    private ApiResponse echo(ApiRequest request, Map<String, String> variables) {
        return ApiResponse.ok(Json.object()
                .with("body", new String(request.body().bytes(), StandardCharsets.UTF_8))
                .with("actor", request.actor().value())
                .with("authorization", request.header("authorization").orElse("not passed on")));
    }

    private ApiResponse await(ApiRequest request, Map<String, String> variables) {
        boolean waited = !request.parameter("wait").orElse("0").equals("0");
        try {
            if (waited && !change.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing changed");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return ApiResponse.ok(Json.object().with("waited", waited));
    }

    @AfterEach
    void close() {
        change.countDown();
        server.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path)).header("Authorization", "Bearer " + TOKEN);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aRequestReachesTheHandlerWithAnActorAndWithoutTheToken() throws Exception {
        HttpResponse<String> answer = send(request("/v1/echo")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"é\":1}"))
                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"body\":\"{\\\"é\\\":1}\",\"actor\":\"local\",\"authorization\":\"not passed on\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Basic aaaa", "Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void withoutTheTokenItIs401(String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + "/v1/health"));
        HttpResponse<String> answer = send(
                authorization.isEmpty()
                        ? request.build()
                        : request.header("Authorization", authorization).build());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer realm=\"hallmark\"");
        assertThat(answer.body()).contains("AUTH_REQUIRED");
    }

    @Test
    void aPageOfAnotherSiteIsTurnedAway() throws Exception {
        assertThat(send(request("/v1/health")
                                .header("Origin", "https://evil.example")
                                .build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(request("/v1/health")
                                .header("Origin", server.address().toString())
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aBodyBeyondOneMebibyteIs413() throws Exception {
        assertThat(statusOf("POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN
                        + "\r\nContent-Length: 1048577\r\n\r\n"))
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "'Host: evil.example', 421",
        "'Host: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked', 400",
        "'Host: localhost\r\nContent-Type: application/json\r\nContent-Type: text/plain', 400"
    })
    void aRequestThatTwoReadersWouldReadDifferentlyIsRefused(String headers, int status) throws Exception {
        assertThat(statusOf("POST /v1/echo HTTP/1.1\r\n" + headers + "\r\nAuthorization: Bearer " + TOKEN
                        + "\r\n\r\n0\r\n\r\n"))
                .isEqualTo(status);
    }

    private int statusOf(String raw) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
            byte[] line = socket.getInputStream().readNBytes(12);
            return Integer.parseInt(new String(line, StandardCharsets.ISO_8859_1).substring(9));
        }
    }

    @Test
    void anUnchangedAnswerHasAnEtagAndNoBody() throws Exception {
        HttpResponse<String> answer = send(request("/v1/same").build());

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.headers().firstValue("etag")).contains("\"1\"");
    }

    @Test
    void longPollsLeaveRoomForEverybodyElseAndOneWithoutRoomIsAnsweredAtOnce() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            polls.add(http.sendAsync(request("/v1/wait?wait=30").build(), HttpResponse.BodyHandlers.ofString()));
        }
        CompletableFuture.anyOf(polls.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);

        HttpResponse<String> health =
                send(request("/v1/health").timeout(Duration.ofSeconds(5)).build());

        assertThat(health.statusCode()).isEqualTo(200);
        change.countDown();
        CompletableFuture.allOf(polls.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        assertThat(polls).extracting(poll -> poll.get().body()).contains("{\"waited\":true}", "{\"waited\":false}");
    }

    @Test
    void anOrdinaryAnswerTakesMillisecondsNotTheDelayedAcknowledgement() throws Exception {
        send(request("/v1/health").build());
        long begun = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            send(request("/v1/health").build());
        }

        assertThat(Duration.ofNanos((System.nanoTime() - begun) / 20)).isLessThan(Duration.ofMillis(30));
    }
}
