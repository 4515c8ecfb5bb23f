package io.hallmark.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Table;
import io.hallmark.handlers.json.JsonText;
import io.hallmark.handlers.json.StoredJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.zip.CRC32;

/**
 * The services of AWS that speak JSON, on loopback: the table for real, state machines and bus as a record of what they
 * were told. What a stub does not know is refused, and kept, so that a test can say that nothing was.
 */
final class AwsStub implements AutoCloseable {

    private final HttpServer server;
    private final TableStub table;
    private final KeyStub key = new KeyStub();
    private final List<String> calls = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final Map<String, Json.Obj> executions = new LinkedHashMap<>();
    private final List<Json.Obj> events = new ArrayList<>();

    AwsStub(Table table, String tableName) throws IOException {
        this.table = new TableStub(table, tableName);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "aws-stub");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Every operation that was called, such as {@code DynamoDB_20120810.GetItem}. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized List<String> unknown() {
        return List.copyOf(unknown);
    }

    /** What was started and has not been stopped, by ARN. */
    synchronized List<String> executions() {
        return List.copyOf(executions.keySet());
    }

    /** The entries that the bus was given. */
    synchronized List<Json.Obj> events() {
        return List.copyOf(events);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            StubAnswer answer;
            try {
                answer = answer(target, StoredJson.readObject(text));
            } catch (RuntimeException failed) {
                note(target + ": " + failed);
                answer = StubAnswer.refused(
                        "ValidationException", Json.object().with("message", String.valueOf(failed.getMessage())));
            }
            byte[] body = JsonText.bytes(answer.body());
            CRC32 crc = new CRC32();
            crc.update(body);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.getResponseHeaders().add("x-amz-crc32", String.valueOf(crc.getValue()));
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized void note(String what) {
        unknown.add(what);
    }

    private synchronized StubAnswer answer(String target, Json.Obj request) {
        calls.add(target);
        int dot = target.indexOf('.');
        String operation = target.substring(dot + 1);
        return switch (target.substring(0, Math.max(0, dot))) {
            case "DynamoDB_20120810" -> table.answer(operation, request);
            case "AWSStepFunctions" -> machines(operation, request);
            case "AWSEvents" -> bus(operation, request);
            case "TrentService" -> key.answer(operation, request);
            default -> throw new StubAnswer.NotKnown("the service of " + target);
        };
    }

    private StubAnswer bus(String operation, Json.Obj request) {
        if (!operation.equals("PutEvents")) {
            throw new StubAnswer.NotKnown("the operation " + operation);
        }
        request.array("Entries").forEach(entry -> events.add((Json.Obj) entry));
        List<Json> taken = request.array("Entries").stream()
                .map(entry -> (Json) Json.object().with("EventId", "11710aed-b79e-4468-a20b-bb3c0c3b4860"))
                .toList();
        return StubAnswer.ok(Json.object().with("FailedEntryCount", 0).with("Entries", Json.array(taken)));
    }

    private StubAnswer machines(String operation, Json.Obj request) {
        return switch (operation) {
            case "StartExecution" -> start(request);
            case "DescribeExecution" -> describe(request.text("executionArn"));
            case "StopExecution" -> {
                executions.remove(request.text("executionArn"));
                yield StubAnswer.ok(Json.object().with("stopDate", 1795255200));
            }
            case "GetExecutionHistory" -> StubAnswer.ok(Json.object().with("events", Json.array(List.of())));
            case "SendTaskSuccess", "SendTaskFailure" -> StubAnswer.ok(Json.object());
            default -> throw new StubAnswer.NotKnown("the operation " + operation);
        };
    }

    private StubAnswer start(Json.Obj request) {
        String machine = request.text("stateMachineArn");
        String arn = machine.replace(":stateMachine:", ":execution:") + ":" + request.text("name");
        executions.put(
                arn,
                Json.object()
                        .with("executionArn", arn)
                        .with("stateMachineArn", machine)
                        .with("name", request.text("name"))
                        .with("status", "RUNNING")
                        .with("startDate", 1795255200)
                        .with("input", request.text("input")));
        return StubAnswer.ok(Json.object().with("executionArn", arn).with("startDate", 1795255200));
    }

    private StubAnswer describe(String arn) {
        Json.Obj found = executions.get(arn);
        return found == null
                ? StubAnswer.refused("ExecutionDoesNotExist", Json.object().with("message", "no such execution"))
                : StubAnswer.ok(found);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
