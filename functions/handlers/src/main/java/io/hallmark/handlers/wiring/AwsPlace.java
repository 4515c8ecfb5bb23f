package io.hallmark.handlers.wiring;

import io.hallmark.aws.AwsClients;
import io.hallmark.aws.Backoff;
import io.hallmark.aws.DynamoTable;
import io.hallmark.aws.EventBridgeBus;
import io.hallmark.aws.KmsSigner;
import io.hallmark.aws.RehearsalHttp;
import io.hallmark.aws.S3Blobs;
import io.hallmark.aws.S3PartUploads;
import io.hallmark.aws.StepFunctions;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.service.query.EventFeed;
import io.hallmark.core.store.Bus;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.handlers.telemetry.MeasuredTable;
import io.hallmark.handlers.telemetry.Metric;
import io.hallmark.handlers.telemetry.Telemetry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The services over the ports of AWS, built once per execution environment from its variables. A function asks for the
 * narrowest place that it can work in: what is not asked for is not loaded, and needs no permission.
 */
public final class AwsPlace {

    /** The bucket of a rehearsal. */
    public static final String REHEARSAL = "rehearsal";

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);
    private static final String REGION = "AWS_REGION";
    private static final String ENDPOINT = "AWS_ENDPOINT_URL";

    private final Map<String, String> environment;
    private final boolean rehearsal;

    private AwsPlace(Map<String, String> environment, boolean rehearsal) {
        this.environment = environment;
        this.rehearsal = rehearsal;
    }

    /** The place of this function's environment: {@link Settings} and the standard AWS variables. */
    public static AwsPlace here() {
        return new AwsPlace(System.getenv(), false);
    }

    /**
     * The same place, but with every call answered within the process, nothing counted, and {@link #REHEARSAL} as the
     * artifact bucket.
     */
    public static AwsPlace rehearsal() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(Settings.ARTIFACT_BUCKET, REHEARSAL);
        return new AwsPlace(environment, true);
    }

    static AwsPlace of(Map<String, String> environment) {
        return new AwsPlace(environment, false);
    }

    /** Services over table and buckets alone. What they leave in the outbox is delivered by another function. */
    public Wiring stores() {
        return wiring(Reach.STORES, Delivery.BY_STREAM);
    }

    /** As {@link #stores}, and executions can be answered and stopped. */
    public Wiring machines() {
        return wiring(Reach.MACHINES, Delivery.BY_STREAM);
    }

    /** All services, the outbox delivered by whoever commits. */
    public Wiring everything() {
        return wiring(Reach.EVERYTHING, Delivery.AT_ONCE);
    }

    private Wiring wiring(Reach reach, Delivery delivery) {
        Settings settings = Settings.from(environment);
        SecureRandom random = Snapshot.unique(new SecureRandom());
        InstantSource clock = InstantSource.system();
        Telemetry telemetry =
                rehearsal ? Telemetry.none() : LambdaTelemetry.of(environment, settings.environment(), clock);
        AwsClients storage = clients("S3");
        S3Client s3 = storage.s3();
        Supplier<S3Presigner> presigner = new Once<>(storage::s3Presigner);
        Optional<String> owner = Optional.of(settings.bucketOwner());
        Ports ports = new Ports(
                new MeasuredTable(
                        new DynamoTable(
                                clients("DYNAMODB").dynamoDb(),
                                settings.table(),
                                new Backoff(random, Pauses::sleep),
                                reason -> telemetry.count(Metric.TRANSACTION_CANCELED, reason)),
                        telemetry,
                        clock),
                new S3Blobs(s3, presigner, owner),
                new S3PartUploads(s3, presigner, owner),
                reach == Reach.STORES ? new NotWired() : flows(settings),
                reach == Reach.EVERYTHING ? bus(settings) : new NotWired(),
                AwsPlace::onTheBus,
                clock,
                random,
                Pauses::sleep,
                telemetry,
                "aws",
                Optional.of(new Ports.DigestPlace(
                        settings.digestBucket(),
                        () -> new KmsSigner(clients("KMS").kms(), settings.digestKey()))));
        return new Wiring(ports, settings.artifactBucket(), settings.registryBucket(), delivery);
    }

    private Flows flows(Settings settings) {
        Map<Machine, String> arns = new EnumMap<>(Machine.class);
        arns.put(Machine.PROMOTION, settings.promotionMachineArn());
        arns.put(Machine.ROLLBACK, settings.rollbackMachineArn());
        arns.put(Machine.HASH_LARGE, settings.hashLargeMachineArn());
        return new StepFunctions(clients("SFN").stepFunctions(), arns);
    }

    private Bus bus(Settings settings) {
        return new EventBridgeBus(clients("EVENTBRIDGE").eventBridge(), settings.eventBus());
    }

    /**
     * The clients of one service, at {@code AWS_ENDPOINT_URL_<SERVICE>}, else {@code AWS_ENDPOINT_URL}, else AWS (AWS SDKs
     * and Tools Reference Guide, "Service-specific endpoints").
     */
    private AwsClients clients(String service) {
        String region = environment.getOrDefault(REGION, "");
        if (region.isBlank()) {
            throw new IllegalArgumentException("missing from the environment: " + REGION);
        }
        Optional<URI> endpoint = Optional.ofNullable(
                        environment.getOrDefault(ENDPOINT + "_" + service, environment.get(ENDPOINT)))
                .map(URI::create);
        return rehearsal
                ? new AwsClients(Region.of(region), endpoint, Identity.nobody(), CALL_TIMEOUT, RehearsalHttp::new)
                : new AwsClients(Region.of(region), endpoint, Identity.of(environment), CALL_TIMEOUT);
    }

    private static EventFeed.Slice onTheBus(String place, int limit) {
        throw new RegistryFailure.Gone(
                "EVENTS_ON_THE_BUS",
                "this registry keeps no feed of events; they are published on its EventBridge bus");
    }
}
