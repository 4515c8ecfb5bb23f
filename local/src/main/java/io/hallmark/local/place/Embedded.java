package io.hallmark.local.place;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.hallmark.core.service.audit.AuditDigests;
import io.hallmark.core.service.intake.Sweep;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Signer;
import io.hallmark.handlers.api.ApiHandler;
import io.hallmark.handlers.api.ApiRoutes;
import io.hallmark.handlers.audit.DigestHandler;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.handlers.telemetry.Telemetry;
import io.hallmark.handlers.wiring.Delivery;
import io.hallmark.handlers.wiring.Pauses;
import io.hallmark.handlers.wiring.Ports;
import io.hallmark.handlers.wiring.Wiring;
import io.hallmark.local.blobs.EventQueue;
import io.hallmark.local.blobs.FileBlobs;
import io.hallmark.local.blobs.FilePartUploads;
import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.blobs.QueueWorker;
import io.hallmark.local.bus.EventLog;
import io.hallmark.local.door.ApiDoor;
import io.hallmark.local.door.LoopbackServer;
import io.hallmark.local.door.s3.S3Door;
import io.hallmark.local.sigv4.AccessKey;
import io.hallmark.local.sigv4.Presigner;
import io.hallmark.local.table.SqliteTable;
import io.hallmark.local.workflow.LocalFlows;
import io.hallmark.local.workflow.Machines;
import io.hallmark.local.workflow.RealTimePlayer;
import io.hallmark.local.workflow.asl.Definition;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A whole registry in one folder and one process: the handlers and state machines of AWS over a SQLite table, files with
 * an S3 door, and the workflow player. Whatever it acknowledged survives a kill; a start picks up where the end was.
 */
public final class Embedded implements AutoCloseable {

    /** The bucket into which users upload. */
    public static final String ARTIFACT_BUCKET = "hallmark";

    /** The registry's own bucket. */
    public static final String REGISTRY_BUCKET = "hallmark-registry";

    /** The bucket of the signed digests of the audit trail. */
    public static final String DIGEST_BUCKET = "hallmark-digests";

    /** What buckets and signatures say. */
    public static final String REGION = "us-east-1";

    private static final int RECEIVES_MAX = 1000;
    private static final int INTAKE_THREADS = 4;
    private static final int WORKFLOW_THREADS = 16;
    private static final Map<String, String> FUNCTIONS = Map.of(
            "DecideFunctionArn", Functions.DECIDE,
            "TargetFunctionArn", Functions.TARGET,
            "HashFunctionArn", Functions.HASH);

    private final Closing closing;
    private final Secrets secrets;
    private final Secrets.Addresses addresses;

    private Embedded(Closing closing, Secrets secrets, Secrets.Addresses addresses) {
        this.closing = closing;
        this.secrets = secrets;
        this.addresses = addresses;
    }

    /**
     * Where and how to run.
     *
     * @param folder made if it is not there
     * @param apiPort 0 for any
     * @param s3Port 0 for any
     * @param random safe for use by several threads, and not to be guessed
     */
    public record Settings(Path folder, int apiPort, int s3Port, InstantSource clock, RandomGenerator random) {}

    /**
     * Starts everything; when this returns, both doors answer.
     *
     * @throws IOException if another process has the folder, a port is taken, or the disk refuses
     */
    public static Embedded start(Settings settings) throws IOException {
        Closing closing = new Closing();
        try {
            return new Start(settings, closing).run();
        } catch (IOException | RuntimeException failed) {
            closing.close();
            throw failed;
        }
    }

    /** Where the HTTP API answers. */
    public URI api() {
        return URI.create(addresses.api());
    }

    /** Where the S3 endpoint answers. */
    public URI s3() {
        return URI.create(addresses.s3());
    }

    /** The token that the HTTP API wants. */
    public String token() {
        return secrets.token().value();
    }

    /** The key pair that the S3 endpoint wants. */
    public AccessKey accessKey() {
        return secrets.accessKey();
    }

    /** Lets running work finish for some seconds, then stops. */
    @Override
    public void close() {
        closing.close();
    }

    private record Start(Settings settings, Closing closing) {

        Embedded run() throws IOException {
            Path folder = settings.folder();
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
                Files.createDirectory(folder, Secrets.ownerOnly(folder.getFileSystem(), "rwx------"));
            }
            ObjectStore store = closing.add(ObjectStore.open(
                    folder,
                    new ObjectStore.Settings(REGION, Map.of(ARTIFACT_BUCKET, ""), RECEIVES_MAX),
                    settings.clock(),
                    settings.random()));
            store.createBucket(ARTIFACT_BUCKET);
            store.createBucket(REGISTRY_BUCKET);
            store.createBucket(DIGEST_BUCKET);
            Signer digestKey = DigestKey.of(folder);
            SqliteTable table = closing.add(new SqliteTable(folder.resolve("registry.db"), settings.clock()));
            EventLog events = closing.add(EventLog.open(folder.resolve("events.jsonl")));
            Secrets secrets = Secrets.of(folder, settings.random());
            LoopbackServer s3 =
                    closing.add(new S3Door(store, secrets.accessKey(), REGION, settings.clock(), settings.random())
                            .start(settings.s3Port()));
            Presigner presigner = new Presigner(secrets.accessKey(), s3.address(), REGION, settings.clock());
            LocalFlows flows = new LocalFlows(table, machines(), settings.clock(), settings.random());
            Wiring wiring = new Wiring(
                    new Ports(
                            table,
                            new FileBlobs(store, presigner),
                            new FilePartUploads(store, presigner),
                            flows,
                            events,
                            events,
                            settings.clock(),
                            settings.random(),
                            Pauses::sleep,
                            Telemetry.none(),
                            "local",
                            Optional.of(new Ports.DigestPlace(DIGEST_BUCKET, () -> digestKey))),
                    ARTIFACT_BUCKET,
                    REGISTRY_BUCKET,
                    Delivery.AT_ONCE);
            Functions functions = new Functions(wiring);
            closing.add(new RealTimePlayer(flows, functions::call, WORKFLOW_THREADS));
            closing.add(intake(store.queue(), functions));
            LoopbackServer api = closing.add(apiDoor(wiring, secrets));
            schedule(wiring, functions);
            Secrets.Addresses addresses =
                    new Secrets.Addresses(api.address().toString(), s3.address().toString(), REGION, ARTIFACT_BUCKET);
            secrets.write(folder, addresses);
            return new Embedded(closing, secrets, addresses);
        }

        private LoopbackServer apiDoor(Wiring wiring, Secrets secrets) throws IOException {
            ApiDoor door = new ApiDoor(
                    new ApiHandler(ApiRoutes.router(wiring)),
                    secrets.token(),
                    "local",
                    settings.clock(),
                    settings.random());
            return LoopbackServer.start(
                    new LoopbackServer.Settings(
                            "api-door",
                            settings.apiPort(),
                            ApiDoor.THREADS,
                            ApiDoor.HEADER_BYTES_MAX,
                            ApiDoor.BODY_BYTES_MAX),
                    door);
        }

        private void schedule(Wiring wiring, Functions functions) {
            Timetable timetable = closing.add(new Timetable());
            Sweep sweep = wiring.sweep();
            timetable.once("warming up", functions::warmUp);
            timetable.once("the sweep at the start", () -> sweep.run(Duration.ZERO));
            timetable.every(Duration.ofSeconds(1), "the outbox", wiring.outbox());
            timetable.every(
                    Duration.ofSeconds(2),
                    "the reconciler",
                    () -> wiring.reconciler().sweep());
            timetable.every(Duration.ofMinutes(1), "the sweep", sweep::run);
            AuditDigests digests = wiring.auditDigests();
            DigestHandler digest = new DigestHandler(digests, Telemetry.none());
            timetable.every(Duration.ofMinutes(1), "the digest of the audit trail", () -> {
                if (digests.due()) {
                    digest.handleRequest(new ScheduledEvent(), null);
                }
            });
        }
    }

    private static QueueWorker intake(EventQueue queue, Functions functions) {
        return QueueWorker.start(
                queue,
                functions::uploaded,
                new QueueWorker.Settings(
                        "intake",
                        INTAKE_THREADS,
                        1,
                        Duration.ofHours(6),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(30)));
    }

    private static Machines machines() throws IOException {
        Map<Machine, Definition> definitions = new EnumMap<>(Machine.class);
        for (Machine machine : Machine.values()) {
            String name = "/state-machines/" + machine.fileName() + ".asl.json";
            try (InputStream in = Embedded.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IOException("this build lacks " + name);
                }
                definitions.put(machine, Definition.read(StrictJson.read(in.readAllBytes()), FUNCTIONS));
            }
        }
        return new Machines(definitions);
    }
}
