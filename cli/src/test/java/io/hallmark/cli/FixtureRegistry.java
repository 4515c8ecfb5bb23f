package io.hallmark.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server with answers laid out beforehand, by method and path; the last answer of a path is given again and again. */
final class FixtureRegistry implements AutoCloseable {

    record Answer(int status, String body, Map<String, String> headers) {}

    record Seen(String method, String path, String body, Map<String, String> headers) {}

    final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    FixtureRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    FixtureRegistry on(String request, int status, String body) {
        return on(request, status, body, Map.of());
    }

    FixtureRegistry on(String request, int status, String body, Map<String, String> headers) {
        answers.computeIfAbsent(request, first -> new ArrayDeque<>()).addLast(new Answer(status, body, headers));
        return this;
    }

    void forget(String request) {
        answers.remove(request);
    }

    List<String> requests() {
        synchronized (seen) {
            return seen.stream().map(each -> each.method() + " " + each.path()).toList();
        }
    }

    JsonValue body(int index) {
        return JsonValue.parse(seen.get(index).body());
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().toString();
            Map<String, String> headers = new ConcurrentHashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
            seen.add(new Seen(exchange.getRequestMethod(), path, body, headers));
            Deque<Answer> waiting = answers.getOrDefault(exchange.getRequestMethod() + " " + path, new ArrayDeque<>());
            Answer answer = waiting.size() > 1
                    ? waiting.removeFirst()
                    : waiting.isEmpty() ? new Answer(404, missing(path), Map.of()) : waiting.getFirst();
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String missing(String path) {
        return "{\"title\":\"Not found\",\"status\":404,\"detail\":\"nothing at " + path + "\",\"code\":\"NOT_FOUND\"}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
