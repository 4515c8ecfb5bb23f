package io.hallmark.cli;

import io.hallmark.client.Endpoint;
import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The registry's HTTP API, with its problems turned into failures of a command. */
public final class Registry {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration COMPUTING_LIMIT = Duration.ofMinutes(10);

    private final Endpoint endpoint;

    public Registry(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public JsonValue get(String path) throws InterruptedException {
        return body(answer(() -> endpoint.get(path, Map.of(), LIMIT)));
    }

    /** GETs what may answer with a redirect; the answer is not followed. */
    public HttpResponse<String> getRaw(String path) throws InterruptedException {
        return answer(() -> endpoint.get(path, Map.of(), LIMIT));
    }

    public JsonValue post(String path, JsonValue body) throws InterruptedException {
        return post(path, body, Map.of());
    }

    public JsonValue post(String path, JsonValue body, Map<String, String> headers) throws InterruptedException {
        return body(answer(() -> endpoint.send("POST", path, body, headers, LIMIT)));
    }

    public JsonValue send(String method, String path, JsonValue body, Map<String, String> headers)
            throws InterruptedException {
        return body(answer(() -> endpoint.send(method, path, body, headers, LIMIT)));
    }

    public JsonValue delete(String path) throws InterruptedException {
        return body(answer(() -> endpoint.sendText("DELETE", path, "application/json", "", Map.of(), LIMIT)));
    }

    /** POSTs a question that is computed from evidence, and so may take a while. */
    public JsonValue compute(String path, JsonValue body) throws InterruptedException {
        return body(answer(() -> endpoint.send("POST", path, body, Map.of(), COMPUTING_LIMIT)));
    }

    /** Sends the text of a file as it stands. */
    public JsonValue sendText(String method, String path, String contentType, String text) throws InterruptedException {
        return body(answer(() -> endpoint.sendText(method, path, contentType, text, Map.of(), LIMIT)));
    }

    /** One segment of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private interface Call {
        HttpResponse<String> send() throws IOException, InterruptedException;
    }

    private HttpResponse<String> answer(Call call) throws InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = call.send();
        } catch (IOException down) {
            throw new CliFailure(
                    ExitCode.UNAVAILABLE, "no registry answers at " + endpoint.base() + ": " + reason(down));
        }
        if (answer.statusCode() >= 400) {
            throw new CliFailure(exit(answer.statusCode()), Problems.sentence(answer), Problems.code(answer));
        }
        return answer;
    }

    private static JsonValue body(HttpResponse<String> answer) {
        try {
            return answer.body().isEmpty() ? JsonValue.object() : JsonValue.parse(answer.body());
        } catch (IllegalArgumentException foreign) {
            throw new CliFailure(ExitCode.UNAVAILABLE, "what answers there is no Hallmark registry");
        }
    }

    private static String reason(IOException down) {
        return down.getMessage() == null ? down.getClass().getSimpleName() : down.getMessage();
    }

    private static ExitCode exit(int status) {
        return switch (status) {
            case 400, 405, 406, 413, 415, 431 -> ExitCode.USAGE;
            case 401, 403, 421 -> ExitCode.NOT_ALLOWED;
            case 404 -> ExitCode.NOT_FOUND;
            case 409, 410, 412, 428 -> ExitCode.CONFLICT;
            case 422 -> ExitCode.REFUSED;
            default -> ExitCode.UNAVAILABLE;
        };
    }
}
