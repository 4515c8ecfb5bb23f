package io.hallmark.handlers.wiring;

import io.hallmark.aws.AwsClients;
import io.hallmark.aws.Backoff;
import io.hallmark.aws.DynamoTable;
import io.hallmark.aws.EventBridgeBus;
import io.hallmark.aws.S3Blobs;
import io.hallmark.aws.S3PartUploads;
import io.hallmark.aws.StepFunctions;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.service.query.EventFeed;
import io.hallmark.core.store.Flows.Machine;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The services over the ports of AWS, built once per execution environment from its variables. */
public final class AwsPlace {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);
    private static final String REGION = "AWS_REGION";
    private static final String ENDPOINT = "AWS_ENDPOINT_URL";

    private AwsPlace() {}

    /**
     * The services of this function's environment: {@link Settings} and the standard AWS variables.
     *
     * @throws IllegalArgumentException that names the variables that are missing
     */
    public static Wiring fromEnvironment() {
        return of(System.getenv());
    }

    static Wiring of(Map<String, String> environment) {
        Settings settings = Settings.from(environment);
        String region = environment.getOrDefault(REGION, "");
        if (region.isBlank()) {
            throw new IllegalArgumentException("missing from the environment: " + REGION);
        }
        AwsClients clients = new AwsClients(
                Region.of(region),
                Optional.ofNullable(environment.get(ENDPOINT)).map(URI::create),
                DefaultCredentialsProvider.builder().build(),
                CALL_TIMEOUT);
        SecureRandom random = new SecureRandom();
        S3Client s3 = clients.s3();
        S3Presigner presigner = clients.s3Presigner();
        Optional<String> owner = Optional.of(settings.bucketOwner());
        Ports ports = new Ports(
                new DynamoTable(clients.dynamoDb(), settings.table(), new Backoff(random, Pauses::sleep)),
                new S3Blobs(s3, presigner, owner),
                new S3PartUploads(s3, presigner, owner),
                new StepFunctions(
                        clients.stepFunctions(),
                        Map.of(
                                Machine.PROMOTION, settings.promotionMachineArn(),
                                Machine.ROLLBACK, settings.rollbackMachineArn())),
                new EventBridgeBus(clients.eventBridge(), settings.eventBus()),
                AwsPlace::onTheBus,
                InstantSource.system(),
                random,
                Pauses::sleep);
        return new Wiring(ports, settings.artifactBucket(), settings.registryBucket(), ShippedPolicies.read());
    }

    private static EventFeed.Slice onTheBus(String place, int limit) {
        throw new RegistryFailure.Gone(
                "EVENTS_ON_THE_BUS",
                "this registry keeps no feed of events; they are published on its EventBridge bus");
    }
}
