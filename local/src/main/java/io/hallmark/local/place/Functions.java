package io.hallmark.local.place;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import io.hallmark.core.json.Json;
import io.hallmark.handlers.intake.ArtifactUploadedHandler;
import io.hallmark.handlers.wiring.Wiring;
import io.hallmark.local.blobs.EventQueue;
import io.hallmark.local.blobs.SqsBatch;
import io.hallmark.local.function.LocalFunction;
import io.hallmark.local.workflow.FunctionError;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions of the registry, by the name that the state machines and the queue know them under. */
final class Functions {

    private static final String QUEUE = "hallmark-uploads";

    private final LocalFunction<Map<String, Object>, SQSBatchResponse> artifactUploaded;

    Functions(Wiring wiring) {
        this.artifactUploaded = new LocalFunction<>(
                new ArtifactUploadedHandler(wiring.registerArtifact()), anyMap(), SQSBatchResponse.class);
    }

    /** Tells intake about uploads; answers the ids of the messages that failed. */
    Set<String> uploaded(List<EventQueue.Message> messages) {
        Json.Obj answer = (Json.Obj) artifactUploaded.invoke(SqsBatch.of(messages, Embedded.REGION, QUEUE));
        Set<String> failed = new HashSet<>();
        answer.array("batchItemFailures").forEach(item -> failed.add(((Json.Obj) item).text("itemIdentifier")));
        return failed;
    }

    /** Calls the function of a task. */
    Json call(String function, Json payload) throws FunctionError {
        throw new IllegalArgumentException("no function is named " + function);
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<T> anyMap() {
        return (Class<T>) (Class<?>) Map.class;
    }
}
