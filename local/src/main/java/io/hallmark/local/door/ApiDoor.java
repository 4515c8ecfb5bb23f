package io.hallmark.local.door;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.sun.net.httpserver.HttpExchange;
import io.hallmark.core.json.Json;
import io.hallmark.handlers.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * The HTTP API on this machine: it stands where API Gateway and its authorizer stand on AWS, and hands the same events to
 * the same handler. Long polls may take most threads but never the last ones: a poll that finds no room is answered at
 * once.
 */
public final class ApiDoor implements Door {

    /** The most that a request body may have. */
    public static final long BODY_BYTES_MAX = 1024 * 1024;

    /** The most that request line and headers may have together. */
    public static final int HEADER_BYTES_MAX = 16 * 1024;

    /** Threads for {@link LoopbackServer.Settings}. */
    public static final int THREADS = 96;

    private static final int LONG_POLLS_MAX = 72;

    private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler;
    private final BearerToken token;
    private final HttpEventReader reader;
    private final Semaphore longPolls = new Semaphore(LONG_POLLS_MAX);

    /**
     * A door before a handler.
     *
     * @param token what callers have to bring
     * @param actor who a caller with the token is
     */
    public ApiDoor(
            RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler,
            BearerToken token,
            String actor,
            InstantSource clock,
            RandomGenerator random) {
        this.handler = handler;
        this.token = token;
        this.reader = new HttpEventReader(actor, clock, random);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Optional<String> wrong = RequestRules.violation(exchange.getRequestHeaders());
        if (wrong.isPresent()) {
            problem(exchange, 400, "REQUEST", wrong.get());
        } else if (!RequestRules.sameOrigin(exchange.getRequestHeaders())) {
            problem(exchange, 403, "ORIGIN", "pages of other sites may not call the registry");
        } else {
            answer(exchange);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean known = token.isIn(exchange.getRequestHeaders().getFirst("Authorization"));
        boolean polls = RequestRules.isLongPoll(exchange.getRequestURI().getRawQuery());
        boolean room = polls && known && longPolls.tryAcquire();
        try {
            APIGatewayV2HTTPEvent event = reader.read(exchange, known);
            if (polls && !room) {
                event.setRawQueryString(RequestRules.withoutWait(event.getRawQueryString()));
            }
            write(exchange, handler.handleRequest(event, null));
        } finally {
            if (room) {
                longPolls.release();
            }
        }
    }

    @Override
    public void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        problem(exchange, refusal.status(), refusal.name(), refusal.sentence());
    }

    private static void problem(HttpExchange exchange, int status, String code, String sentence) throws IOException {
        Json.Obj body = Json.object()
                .with(
                        "type",
                        "urn:hallmark:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-'))
                .with("title", "Refused at the door")
                .with("status", status)
                .with("detail", sentence)
                .with("code", code);
        exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
        // What is left of the body is not read, so the connection cannot be used again.
        exchange.getResponseHeaders().set("Connection", "close");
        send(exchange, status, JsonText.bytes(body));
    }

    private static void write(HttpExchange exchange, APIGatewayV2HTTPResponse response) throws IOException {
        Map<String, String> headers = response.getHeaders() == null ? Map.of() : response.getHeaders();
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        String body = response.getBody() == null ? "" : response.getBody();
        send(exchange, response.getStatusCode(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean bodiless = status == 304 || status == 204 || body.length == 0;
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
            // Closing waits for the rest of the request; a client that is refused may never send it.
            exchange.getResponseBody().flush();
        }
    }
}
