package io.hallmark.handlers.intake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Trace;
import io.hallmark.core.service.intake.RegisterArtifact;
import io.hallmark.handlers.json.InvocationJson;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.handlers.telemetry.Telemetry;
import io.hallmark.handlers.wiring.AwsPlace;
import io.hallmark.handlers.wiring.Snapshot;
import io.hallmark.handlers.wiring.Wiring;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object was uploaded. Takes an S3 event, S3 or EventBridge events in SQS messages, or an EventBridge event; as one door
 * takes all three, its type is the map that they have in common. Of a batch of messages those that failed are named, so
 * that only they come again; an event that came alone fails as a whole.
 */
public final class ArtifactUploadedHandler implements RequestHandler<Map<String, Object>, SQSBatchResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactUploadedHandler.class);

    private final RegisterArtifact registerArtifact;
    private final Telemetry telemetry;

    /** As a function on AWS: the parts come from {@link AwsPlace#here}. */
    public ArtifactUploadedHandler() {
        this(AwsPlace.here().stores());
        Snapshot.rehearse(() -> {
            ArtifactUploadedHandler rehearsed =
                    new ArtifactUploadedHandler(AwsPlace.rehearsal().stores());
            AtomicInteger round = new AtomicInteger();
            return () -> rehearsed.rehearse(round.incrementAndGet());
        });
    }

    private ArtifactUploadedHandler(Wiring wiring) {
        this(wiring.registerArtifact(), wiring.ports().telemetry());
    }

    public ArtifactUploadedHandler(RegisterArtifact registerArtifact) {
        this(registerArtifact, Telemetry.none());
    }

    public ArtifactUploadedHandler(RegisterArtifact registerArtifact, Telemetry telemetry) {
        this.registerArtifact = registerArtifact;
        this.telemetry = telemetry;
    }

    /** One upload of other bytes than before, so that each round makes a version and the first one the model. */
    private void rehearse(int round) {
        String event = "{\"Records\":[{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\","
                + "\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"" + AwsPlace.REHEARSAL
                + "\"},\"object\":{\"key\":\"incoming/rehearsal/model.onnx\",\"versionId\":\"round-" + round
                + "\"}}}]}";
        Map<String, Object> message = Map.of("messageId", "1", "eventSource", "aws:sqs", "body", event);
        if (!handleRequest(Map.of("Records", List.of(message)), null)
                .getBatchItemFailures()
                .isEmpty()) {
            throw new IllegalStateException("the upload of the rehearsal was not taken in");
        }
    }

    @Override
    public SQSBatchResponse handleRequest(Map<String, Object> event, @Nullable Context context) {
        try (Telemetry.Call call = telemetry.call(context)) {
            Json json = InvocationJson.of(event);
            Optional<List<QueueMessages.Message>> messages = QueueMessages.of(json);
            List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
            if (messages.isEmpty()) {
                register(json, telemetry.trace(), call);
            }
            messages.stream()
                    .flatMap(List::stream)
                    .filter(message -> !taken(message, call))
                    .forEach(message -> failures.add(new SQSBatchResponse.BatchItemFailure(message.id())));
            return new SQSBatchResponse(failures);
        }
    }

    private void register(Json event, Optional<Trace> trace, Telemetry.Call call) {
        UploadNews news = new UploadNews(telemetry, call);
        UploadEvents.arrivals(event, trace).forEach(arrival -> news.taken(arrival, registerArtifact.arrived(arrival)));
    }

    /** Whatever goes wrong with one message must not keep the others; it comes again, and then goes to the dead letters. */
    private boolean taken(QueueMessages.Message message, Telemetry.Call call) {
        try {
            Json event = StrictJson.read(message.body().getBytes(StandardCharsets.UTF_8));
            register(event, message.trace().or(telemetry::trace), call);
            return true;
        } catch (RuntimeException failed) {
            LOG.warn("message {} was not taken in and comes again", message.id(), failed);
            return false;
        }
    }
}
