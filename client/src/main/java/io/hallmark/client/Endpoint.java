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
    private final String token;

    /**
     * An endpoint.
     *
     * @param base such as {@code http://127.0.0.1:8080}
     * @param token the bearer token
     */
    public Endpoint(URI base, String token) {
        this(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .build(),
                base,
                token);
    }

    /** An endpoint that shares a client, and so its connections, with others. */
    public Endpoint(HttpClient http, URI base, String token) {
        this.http = http;
        this.base = base;
        this.token = token;
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
        return send(request(path, limit, headers).GET().build());
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
        return send(request(path, limit, headers)
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build());
    }

    private HttpRequest.Builder request(String path, Duration limit, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base.toString() + path))
                .timeout(limit)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
        headers.forEach(request::header);
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
