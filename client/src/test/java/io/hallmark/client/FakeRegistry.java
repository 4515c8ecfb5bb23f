package io.hallmark.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A small HTTP server that answers as it is told and remembers what it was sent. */
final class FakeRegistry implements AutoCloseable {

    record Seen(String method, String path, String authorization, String etag, JsonValue body) {}

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final AtomicReference<String> route = new AtomicReference<>("");
    final AtomicInteger status = new AtomicInteger();
    private final HttpServer server;

    FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    Endpoint endpoint() {
        return new Endpoint(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "secret");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            String etag = headers.getOrDefault("If-None-Match", List.of("")).get(0);
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers.getOrDefault("Authorization", List.of("")).get(0),
                    etag,
                    text.isEmpty() ? JsonValue.MISSING : JsonValue.parse(text)));
            String document = String.valueOf(route.get());
            String tag = "\"" + Integer.toHexString(document.hashCode()) + "\"";
            boolean get = exchange.getRequestMethod().equals("GET");
            int plain = get ? (etag.equals(tag) ? 304 : document.isEmpty() ? 404 : 200) : 202;
            int code = status.get() == 0 ? plain : status.get();
            exchange.getResponseHeaders().set("ETag", tag);
            byte[] bytes = (code == 200 && get ? document : "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, code == 304 || bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
