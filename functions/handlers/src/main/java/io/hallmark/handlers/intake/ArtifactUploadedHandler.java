package io.hallmark.handlers.intake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import io.hallmark.core.json.Json;
import io.hallmark.core.service.intake.RegisterArtifact;
import io.hallmark.handlers.json.InvocationJson;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.handlers.wiring.AwsPlace;
import io.hallmark.handlers.wiring.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** As a function on AWS: the parts come from {@link AwsPlace#here}. */
    public ArtifactUploadedHandler() {
        this(AwsPlace.here().stores().registerArtifact());
        Snapshot.rehearse(
                () -> new ArtifactUploadedHandler(AwsPlace.rehearsal().stores().registerArtifact())::rehearse);
    }

    public ArtifactUploadedHandler(RegisterArtifact registerArtifact) {
        this.registerArtifact = registerArtifact;
    }

    /** One upload of one byte. */
    private void rehearse() {
        String event = "{\"Records\":[{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\","
                + "\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"" + AwsPlace.REHEARSAL
                + "\"},\"object\":{\"key\":\"incoming/rehearsal/model.onnx\",\"versionId\":\"rehearsal\"}}}]}";
        handleRequest(
                Map.of("Records", List.of(Map.of("messageId", "1", "eventSource", "aws:sqs", "body", event))), null);
    }

    @Override
    public SQSBatchResponse handleRequest(Map<String, Object> event, @Nullable Context context) {
        Json json = InvocationJson.of(event);
        Optional<List<QueueMessages.Message>> messages = QueueMessages.of(json);
        if (messages.isEmpty()) {
            register(json);
            return new SQSBatchResponse(new ArrayList<>());
        }
        List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
        messages.get().stream()
                .filter(message -> !taken(message))
                .forEach(message -> failures.add(new SQSBatchResponse.BatchItemFailure(message.id())));
        return new SQSBatchResponse(failures);
    }

    private void register(Json event) {
        UploadEvents.arrivals(event).forEach(registerArtifact::arrived);
    }

    /** Whatever goes wrong with one message must not keep the others; it comes again, and then goes to the dead letters. */
    private boolean taken(QueueMessages.Message message) {
        try {
            register(StrictJson.read(message.body().getBytes(StandardCharsets.UTF_8)));
            return true;
        } catch (RuntimeException failed) {
            LOG.warn("message {} was not taken in and comes again", message.id(), failed);
            return false;
        }
    }
}
