package io.hallmark.conformance;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryBus;
import io.hallmark.core.memory.MemoryPartUploads;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.handlers.api.ApiRoutes;
import io.hallmark.handlers.json.JsonText;
import io.hallmark.handlers.wiring.Delivery;
import io.hallmark.handlers.wiring.Ports;
import io.hallmark.handlers.wiring.Wiring;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The API's function, asked as API Gateway asks it: the sample's event with another method, path, query and body. */
final class HttpApi {

    private final FunctionProcess function;
    private final AtomicLong calls = new AtomicLong();

    HttpApi(FunctionProcess function) {
        this.function = function;
    }

    /** What was answered, with the body read as JSON where there is one. */
    record Answer(int status, String text) {
        Json.Obj body() {
            return World.object(text);
        }
    }

    /** Every route that the API has, from the router itself. */
    static List<String> routes() {
        InstantSource clock = InstantSource.system();
        MemoryBlobs blobs = new MemoryBlobs(clock, Set.of(World.BUCKET, World.REGISTRY));
        Ports none = new Ports(
                new MemoryTable(clock),
                blobs,
                new MemoryPartUploads(blobs),
                null,
                new MemoryBus(),
                (after, limit) -> {
                    throw new IllegalStateException("nothing is asked of it");
                },
                clock,
                new Random(1),
                pause -> {});
        return ApiRoutes.router(new Wiring(none, World.BUCKET, World.REGISTRY, Delivery.BY_STREAM))
                .routes();
    }

    /** Asks; the path may end in one parameter, such as {@code ?after=0}. */
    Answer call(String method, String path, String body) throws IOException {
        String[] parts = path.split("\\?", 2);
        Json.Obj query = Json.object();
        if (parts.length == 2) {
            String[] parameter = parts[1].split("=", 2);
            query = query.with(parameter[0], parameter[1]);
        }
        Json.Obj sample = World.object(World.sample("http-api-v2.json"));
        Json.Obj context = sample.object("requestContext");
        Json.Obj event = sample.with("rawPath", parts[0])
                .with("rawQueryString", parts.length == 2 ? parts[1] : "")
                .with("queryStringParameters", query)
                .with("headers", sample.object("headers").with("idempotency-key", "k-" + calls.incrementAndGet()))
                .with(
                        "requestContext",
                        context.with(
                                "http",
                                context.object("http").with("method", method).with("path", parts[0])))
                .with("body", body);
        Json.Obj said = function.answered(JsonText.write(event));
        return new Answer(
                (int) said.integer("statusCode"), said.findText("body").orElse(""));
    }
}
