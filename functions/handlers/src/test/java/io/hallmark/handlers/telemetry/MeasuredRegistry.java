package io.hallmark.handlers.telemetry;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryBus;
import io.hallmark.core.memory.MemoryPartUploads;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Trace;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.MovableClock;
import io.hallmark.handlers.api.ApiRequest;
import io.hallmark.handlers.api.ApiResponse;
import io.hallmark.handlers.api.ApiRoutes;
import io.hallmark.handlers.api.Router;
import io.hallmark.handlers.intake.ArtifactUploadedHandler;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.handlers.promotion.NoFlows;
import io.hallmark.handlers.wiring.Delivery;
import io.hallmark.handlers.wiring.Ports;
import io.hallmark.handlers.wiring.Wiring;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** A registry in memory whose doors are measured as on AWS, and every line that it wrote. */
final class MeasuredRegistry {

    static final String BUCKET = "hallmark";

    final MovableClock clock = new MovableClock();
    final List<String> lines = new ArrayList<>();
    final AtomicReference<Optional<Trace>> trace = new AtomicReference<>(Optional.empty());
    final Telemetry telemetry = new Telemetry("test", "Intake", clock, lines::add, () -> trace.get());
    final MemoryTable table = new MemoryTable(clock, 0);
    final MeasuredTable measured = new MeasuredTable(table, telemetry, clock);
    final MemoryBlobs blobs = new MemoryBlobs(clock, Set.of(BUCKET, "registry", "digests"));
    final SwitchableSigner signer = new SwitchableSigner();
    final TracedFlows flows = new TracedFlows();
    final Wiring wiring = new Wiring(
            new Ports(
                    measured,
                    blobs,
                    new MemoryPartUploads(blobs),
                    flows,
                    new MemoryBus(),
                    (after, limit) -> {
                        throw new UnsupportedOperationException();
                    },
                    clock,
                    new Random(3),
                    pause -> {},
                    telemetry,
                    "local",
                    Optional.of(new Ports.DigestPlace("digests", () -> signer))),
            BUCKET,
            "registry",
            Delivery.AT_ONCE);
    private final ArtifactUploadedHandler intake = new ArtifactUploadedHandler(wiring.registerArtifact(), telemetry);
    private final Router router = ApiRoutes.router(wiring);

    /** A key that can be taken away. */
    static final class SwitchableSigner implements io.hallmark.core.store.Signer {
        final java.util.concurrent.atomic.AtomicBoolean denied = new java.util.concurrent.atomic.AtomicBoolean();
        private final io.hallmark.core.store.KeyPairSigner keys =
                new io.hallmark.core.store.KeyPairSigner(io.hallmark.core.store.KeyPairSigner.generate());

        @Override
        public String keyId() {
            return keys.keyId();
        }

        @Override
        public byte[] sign(byte[] message) {
            if (denied.get()) {
                throw new io.hallmark.core.failure.RegistryFailure.Unavailable(
                        "KMS answers AccessDeniedException", java.time.Duration.ofMinutes(1));
            }
            return keys.sign(message);
        }

        @Override
        public byte[] publicKey() {
            return keys.publicKey();
        }
    }

    /** Machines that remember in which trace they were started. */
    static final class TracedFlows implements Flows {

        final List<String> traces = new ArrayList<>();
        private final NoFlows machines = new NoFlows();

        @Override
        public Started start(Machine machine, String name, Json.Obj input) {
            return machines.start(machine, name, input);
        }

        @Override
        public Started start(Machine machine, String name, Json.Obj input, Optional<Trace> trace) {
            traces.add(machine + " " + trace.map(Trace::header).orElse("none"));
            return start(machine, name, input);
        }

        @Override
        public TokenAnswer sendTaskSuccess(String taskToken, Json output) {
            return machines.sendTaskSuccess(taskToken, output);
        }

        @Override
        public TokenAnswer sendTaskFailure(String taskToken, String error, String cause) {
            return machines.sendTaskFailure(taskToken, error, cause);
        }

        @Override
        public void stop(Machine machine, String name, String error, String cause) {
            machines.stop(machine, name, error, cause);
        }

        @Override
        public Optional<Execution> describe(Machine machine, String name) {
            return machines.describe(machine, name);
        }
    }

    ObjectVersion put(String key, String content) {
        Blobs.PutResult stored =
                blobs.put(BUCKET, key, content.getBytes(StandardCharsets.UTF_8), Map.of(), Blobs.PutCondition.none());
        return ((Blobs.PutResult.Stored) stored).object();
    }

    /** Tells intake of an object, two seconds after its upload. */
    SQSBatchResponse tell(ObjectVersion object, Optional<String> traceHeader) {
        String body = "{\"source\":\"aws.s3\",\"detail-type\":\"Object Created\",\"time\":\"" + clock.instant()
                + "\",\"detail\":{\"bucket\":{\"name\":\"" + object.bucket() + "\"},\"object\":{\"key\":\""
                + object.key() + "\",\"version-id\":\"" + object.versionId() + "\"}}}";
        clock.advance(java.time.Duration.ofSeconds(2));
        Map<String, Object> attributes = traceHeader
                .<Map<String, Object>>map(header -> Map.of("AWSTraceHeader", header))
                .orElse(Map.of());
        return intake.handleRequest(
                Map.of(
                        "Records",
                        List.of(Map.of(
                                "messageId", "m-1", "eventSource", "aws:sqs", "body", body, "attributes", attributes))),
                null);
    }

    ObjectVersion upload(String key, String content) {
        ObjectVersion object = put(key, content);
        tell(object, Optional.empty());
        return object;
    }

    ApiResponse post(String path, String body, String key) {
        return router.answer(new ApiRequest(
                "r-1",
                "POST",
                path,
                Map.of(),
                Map.of("content-type", "application/json", "idempotency-key", key),
                new ApiRequest.Body(body.getBytes(StandardCharsets.UTF_8)),
                new Actor("alice")));
    }

    /** A promotion of version 1 of fraud to a new target. */
    String promoted() {
        post("/v1/targets", "{\"name\":\"eu-prod\",\"kind\":\"route-document\"}", "t");
        ApiResponse answer = post(
                "/v1/models/fraud/versions/1/promotions",
                "{\"target\":\"eu-prod\",\"policy\":\"demo\",\"reason\":\"weekly\",\"bootstrap\":true}",
                "k");
        return ((Json.Obj) answer.body().orElseThrow()).text("promotionId");
    }

    static ScheduledEvent tick() {
        return new ScheduledEvent();
    }

    /** The values of a metric, in the order written. */
    List<Long> values(Metric metric) {
        return values(metric, Optional.empty());
    }

    List<Long> values(Metric metric, String reason) {
        return values(metric, Optional.of(reason));
    }

    private List<Long> values(Metric metric, Optional<String> reason) {
        List<Long> values = new ArrayList<>();
        for (String line : lines) {
            Json.Obj json = (Json.Obj) StrictJson.read(line.getBytes(StandardCharsets.UTF_8));
            if (json.has(metric.metricName()) && json.findText("Reason").equals(reason)) {
                Json value = json.find(metric.metricName()).orElseThrow();
                List<Json> all = value instanceof Json.Arr many ? many.items() : List.of(value);
                all.forEach(one -> values.add(((Json.Num) one).value().longValueExact()));
            }
        }
        return values;
    }
}
