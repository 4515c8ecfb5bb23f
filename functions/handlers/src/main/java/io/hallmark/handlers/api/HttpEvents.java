package io.hallmark.handlers.api;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.Actor;
import io.hallmark.handlers.json.JsonText;
import io.hallmark.handlers.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API Gateway's HTTP API events, payload format 2.0, to requests and back. */
final class HttpEvents {

    private HttpEvents() {}

    /**
     * The request in an event.
     *
     * @throws RegistryFailure.TooLarge {@code BODY_TOO_LARGE} beyond 1 MiB
     * @throws RegistryFailure.Malformed {@code QUERY} for a parameter given twice
     */
    static ApiRequest decode(APIGatewayV2HTTPEvent event, Actor actor) {
        return new ApiRequest(
                requestId(event), method(event), path(event), query(event), headers(event), body(event), actor);
    }

    /** What can always be said of an event, for the answer to one that is refused. */
    static ApiRequest outline(APIGatewayV2HTTPEvent event) {
        ApiRequest.Body nothing = new ApiRequest.Body(new byte[0]);
        return new ApiRequest(
                requestId(event), method(event), path(event), Map.of(), Map.of(), nothing, Actor.REGISTRY);
    }

    static APIGatewayV2HTTPResponse encode(ApiResponse response) {
        Map<String, String> headers = new LinkedHashMap<>(response.headers());
        response.body().ifPresent(body -> headers.putIfAbsent("content-type", "application/json"));
        headers.putIfAbsent("cache-control", "no-store");
        headers.putIfAbsent("x-content-type-options", "nosniff");
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(response.status())
                .withHeaders(headers)
                .withBody(response.body().map(JsonText::write).orElse(""))
                .withIsBase64Encoded(false)
                .build();
    }

    private static String requestId(APIGatewayV2HTTPEvent event) {
        return orElse(event.getRequestContext().getRequestId(), "none");
    }

    private static String method(APIGatewayV2HTTPEvent event) {
        return event.getRequestContext().getHttp().getMethod().toUpperCase(Locale.ROOT);
    }

    private static String path(APIGatewayV2HTTPEvent event) {
        return orElse(event.getRawPath(), "/");
    }

    /** From the raw query string, because the event's map joins repeated parameters with commas. */
    private static Map<String, String> query(APIGatewayV2HTTPEvent event) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : orElse(event.getRawQueryString(), "").split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = Percent.queryPart(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : Percent.queryPart(pair.substring(equals + 1));
            if (query.put(name, value) != null) {
                throw new RegistryFailure.Malformed("QUERY", "a query parameter is given twice");
            }
        }
        return query;
    }

    private static Map<String, String> headers(APIGatewayV2HTTPEvent event) {
        Map<String, String> headers = new HashMap<>();
        Map<String, @Nullable String> given = event.getHeaders() == null ? Map.of() : event.getHeaders();
        given.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), orElse(value, "")));
        return headers;
    }

    private static ApiRequest.Body body(APIGatewayV2HTTPEvent event) {
        String text = orElse(event.getBody(), "");
        byte[] bytes = event.getIsBase64Encoded() ? base64(text) : text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > StrictJson.BYTES_MAX) {
            throw new RegistryFailure.TooLarge(
                    "BODY_TOO_LARGE", "a body of " + bytes.length + " bytes; at most " + StrictJson.BYTES_MAX);
        }
        return new ApiRequest.Body(bytes);
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException wrong) {
            throw new RegistryFailure.Malformed("BODY_ENCODING", "the body is not the base64 it claims to be");
        }
    }

    private static String orElse(@Nullable String value, String otherwise) {
        return Optional.ofNullable(value).orElse(otherwise);
    }
}
