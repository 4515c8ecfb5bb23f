package io.hallmark.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The Lambda Runtime API of one execution environment ("Using the Lambda runtime API for custom runtimes"): hands out
 * events one at a time, and takes answers, errors and the call after a restore.
 */
final class RuntimeApi implements AutoCloseable {

    private static final String VERSION = "/2018-06-01/runtime/";
    private static final long DEADLINE_MS = 60_000;

    private final HttpServer server;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final AtomicLong number = new AtomicLong();

    /** What came back: the answer of the handler, or what it threw ({@code error}), or a failed start ({@code init}). */
    record Answer(String kind, String body, long nanoTime) {

        boolean failed() {
            return !kind.equals("response");
        }
    }

    RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "runtime-api");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    void offer(String event) {
        events.add(event);
    }

    /** The next answer, or null if none comes in time. */
    Answer poll(long milliseconds) throws InterruptedException {
        return answers.poll(milliseconds, TimeUnit.MILLISECONDS);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals(VERSION + "invocation/next")) {
                next(exchange);
            } else if (path.equals(VERSION + "restore/next")) {
                answers.add(new Answer("restored", "", System.nanoTime()));
                exchange.sendResponseHeaders(200, -1);
            } else if (path.startsWith(VERSION)) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                long at = System.nanoTime();
                String kind = path.endsWith("/response") ? "response" : path.endsWith("/init/error") ? "init" : "error";
                exchange.sendResponseHeaders(202, -1);
                answers.add(new Answer(kind, body, at));
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        String event;
        try {
            event = events.take();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return;
        }
        String id = String.format("8f5079c0-0000-4000-8000-%012d", number.incrementAndGet());
        var headers = exchange.getResponseHeaders();
        headers.add("Content-Type", "application/json");
        headers.add("Lambda-Runtime-Aws-Request-Id", id);
        headers.add("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + DEADLINE_MS));
        headers.add(
                "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:conformance");
        headers.add(
                "Lambda-Runtime-Trace-Id",
                "Root=1-6920f1a8-5f84fb6b1b2c3d4e5f60718a;Parent=53995c3f42cd8ad8;Sampled=1");
        byte[] body = event.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
