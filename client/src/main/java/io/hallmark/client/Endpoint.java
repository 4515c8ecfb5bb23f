package io.hallmark.client;

import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Where a registry answers, and the token it wants. Requests have a time limit; an answer that is not 2xx or 304 is no
 * exception here: the caller looks at the status.
 */
public final class Endpoint {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http;
    private final URI base;
    private final Authorization authorization;

    /**
     * An endpoint.
     *
     * @param base such as {@code http://127.0.0.1:8080}
     * @param token the bearer token
     */
    public Endpoint(URI base, String token) {
        this(base, Authorization.bearer(token));
    }

    /** An endpoint whose requests are authorized one by one. */
    public Endpoint(URI base, Authorization authorization) {
        this(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .build(),
                base,
                authorization);
    }

    /** An endpoint that shares a client, and so its connections, with others. */
    public Endpoint(HttpClient http, URI base, String token) {
        this(http, base, Authorization.bearer(token));
    }

    private Endpoint(HttpClient http, URI base, Authorization authorization) {
        this.http = http;
        this.base = base;
        this.authorization = authorization;
    }

    public HttpClient http() {
        return http;
    }

    public URI base() {
        return base;
    }

    /** GETs a path. */
    public HttpResponse<String> get(String path, Map<String, String> headers, Duration limit)
            throws IOException, InterruptedException {
        return send(request("GET", path, limit, headers, "", new byte[0]).GET().build());
    }

    /** Sends a JSON body to a path. */
    public HttpResponse<String> send(
            String method, String path, JsonValue body, Map<String, String> headers, Duration limit)
            throws IOException, InterruptedException {
        return sendText(method, path, "application/json", body.write(), headers, limit);
    }

    /** Sends a text as it stands to a path. */
    public HttpResponse<String> sendText(
            String method, String path, String contentType, String body, Map<String, String> headers, Duration limit)
            throws IOException, InterruptedException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(request(method, path, limit, headers, contentType, bytes)
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build());
    }

    private HttpRequest.Builder request(
            String method, String path, Duration limit, Map<String, String> headers, String contentType, byte[] body)
            throws IOException {
        URI address = URI.create(base.toString() + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(limit).header("Accept", "application/json");
        authorization.headers(method, address, contentType, body).forEach(request::header);
        headers.forEach(request::header);
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
