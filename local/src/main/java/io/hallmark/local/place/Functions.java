package io.hallmark.local.place;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import io.hallmark.core.json.Json;
import io.hallmark.core.service.promotion.Actions;
import io.hallmark.handlers.hash.HashHandler;
import io.hallmark.handlers.intake.ArtifactUploadedHandler;
import io.hallmark.handlers.promotion.DecideHandler;
import io.hallmark.handlers.promotion.TargetHandler;
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

    static final String DECIDE = "DecideFunction";
    static final String TARGET = "TargetFunction";
    static final String HASH = "HashFunction";
    private static final String QUEUE = "hallmark-uploads";

    private final LocalFunction<Map<String, Object>, SQSBatchResponse> artifactUploaded;

    private final Map<String, LocalFunction<?, ?>> tasks;

    Functions(Wiring wiring) {
        this.tasks = Map.of(
                DECIDE,
                new LocalFunction<Map<String, Object>, Map<String, Object>>(
                        new DecideHandler(Actions.decide(wiring.promotionParts())), anyMap(), anyMap()),
                TARGET,
                new LocalFunction<Map<String, Object>, Map<String, Object>>(
                        new TargetHandler(Actions.target(wiring.promotionParts())), anyMap(), anyMap()),
                HASH,
                new LocalFunction<Map<String, Object>, Map<String, Object>>(
                        new HashHandler(wiring.hashActions(), wiring.ports().telemetry()), anyMap(), anyMap()));
        this.artifactUploaded = new LocalFunction<>(
                new ArtifactUploadedHandler(wiring.registerArtifact()), anyMap(), SQSBatchResponse.class);
    }

    /** Prepares all functions for their first call. */
    void warmUp() {
        artifactUploaded.warmUp();
        tasks.values().forEach(LocalFunction::warmUp);
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
        LocalFunction<?, ?> known = tasks.get(function);
        if (known == null) {
            throw FunctionError.notFound(function);
        }
        return known.invoke(payload);
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<T> anyMap() {
        return (Class<T>) (Class<?>) Map.class;
    }
}
