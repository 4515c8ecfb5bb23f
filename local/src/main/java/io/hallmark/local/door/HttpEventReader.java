package io.hallmark.local.door;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes the event that API Gateway would make of a request (HTTP API, payload format 2.0). */
final class HttpEventReader {

    private static final int REQUEST_ID_BYTES = 12;

    private final String actor;
    private final InstantSource clock;
    private final RandomGenerator random;

    HttpEventReader(String actor, InstantSource clock, RandomGenerator random) {
        this.actor = actor;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The event of a request.
     *
     * @param known whether the caller brought the token; only then does the event name an actor
     */
    APIGatewayV2HTTPEvent read(HttpExchange exchange, boolean known) throws IOException {
        String path = RequestRules.path(exchange.getRequestURI());
        byte[] body = exchange.getRequestBody().readAllBytes();
        return APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRouteKey("$default")
                .withRawPath(path)
                .withRawQueryString(Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                        .orElse(""))
                .withHeaders(headers(exchange))
                .withRequestContext(context(exchange, path, known))
                .withBody(Base64.getEncoder().encodeToString(body))
                .withIsBase64Encoded(true)
                .build();
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        headers.remove("authorization");
        return headers;
    }

    private RequestContext context(HttpExchange exchange, String path, boolean known) {
        RequestContext.RequestContextBuilder context = RequestContext.builder()
                .withRequestId(requestId())
                .withRouteKey("$default")
                .withStage("$default")
                .withTimeEpoch(clock.millis())
                .withHttp(RequestContext.Http.builder()
                        .withMethod(exchange.getRequestMethod())
                        .withPath(path)
                        .withProtocol(exchange.getProtocol())
                        .withSourceIp(exchange.getRemoteAddress().getAddress().getHostAddress())
                        .build());
        if (known) {
            context.withAuthorizer(RequestContext.Authorizer.builder()
                    .withLambda(Map.of("actor", actor))
                    .build());
        }
        return context.build();
    }

    private String requestId() {
        byte[] bytes = new byte[REQUEST_ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
