package io.hallmark.conformance;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import io.hallmark.aws.Backoff;
import io.hallmark.aws.DynamoTable;
import io.hallmark.aws.EventBridgeBus;
import io.hallmark.aws.S3Blobs;
import io.hallmark.aws.S3PartUploads;
import io.hallmark.aws.StepFunctions;
import io.hallmark.core.service.intake.Arrival;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.handlers.wiring.Delivery;
import io.hallmark.handlers.wiring.Pauses;
import io.hallmark.handlers.wiring.Ports;
import io.hallmark.handlers.wiring.Wiring;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The function as one would write it at first, for comparison: typed event, clients as they come, everything that the
 * registry has built at the start, on the whole class path.
 */
public final class PlainHandler implements RequestHandler<S3Event, String> {

    private final Wiring wiring;

    public PlainHandler() {
        SecureRandom random = new SecureRandom();
        String bucket = System.getenv("HALLMARK_ARTIFACT_BUCKET");
        String registry = System.getenv("HALLMARK_REGISTRY_BUCKET");
        S3Client s3 = S3Client.builder().forcePathStyle(true).build();
        S3Presigner presigner = S3Presigner.create();
        this.wiring = new Wiring(
                new Ports(
                        new DynamoTable(
                                DynamoDbClient.create(),
                                System.getenv("HALLMARK_TABLE"),
                                new Backoff(random, Pauses::sleep)),
                        new S3Blobs(s3, presigner, Optional.empty()),
                        new S3PartUploads(s3, () -> presigner, Optional.empty()),
                        new StepFunctions(
                                SfnClient.create(),
                                Map.of(Machine.PROMOTION, System.getenv("HALLMARK_PROMOTION_MACHINE_ARN"))),
                        new EventBridgeBus(EventBridgeClient.create(), System.getenv("HALLMARK_EVENT_BUS")),
                        (after, limit) -> {
                            throw new IllegalStateException("no feed here");
                        },
                        InstantSource.system(),
                        random,
                        Pauses::sleep),
                bucket,
                registry,
                Delivery.BY_STREAM);
        wiring.policies();
        wiring.promotionParts();
        wiring.registerArtifact();
    }

    @Override
    public String handleRequest(S3Event event, Context context) {
        for (var told : event.getRecords()) {
            wiring.registerArtifact()
                    .arrived(new Arrival(
                            told.getS3().getBucket().getName(),
                            told.getS3().getObject().getKey(),
                            Arrival.Spelling.FORM,
                            Optional.of(told.getS3().getObject().getVersionId())));
        }
        return "done";
    }
}
