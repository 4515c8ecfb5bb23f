package io.hallmark.local.door.s3;

import io.hallmark.local.blobs.EventQueue;
import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.door.LoopbackServer;
import io.hallmark.local.sigv4.AccessKey;
import io.hallmark.local.sigv4.Presigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A store with its door in a folder of its own, for tests with real clients. */
final class RunningDoor implements AutoCloseable {

    static final String BUCKET = "hallmark";
    static final String REGION = "us-east-1";
    static final AccessKey KEY = new AccessKey("AKIDHALLMARKTEST", "a secret for tests only");

    private static final Duration HOUR = Duration.ofHours(1);

    private final Path folder;
    private final ObjectStore store;
    private final LoopbackServer server;
    private final S3Client client;

    private RunningDoor(Path folder, ObjectStore store, LoopbackServer server) {
        this.folder = folder;
        this.store = store;
        this.server = server;
        this.client = S3Client.builder()
                .endpointOverride(server.address())
                .region(Region.of(REGION))
                .credentialsProvider(credentials())
                .forcePathStyle(true)
                .build();
    }

    static RunningDoor open(Path folder) {
        return open(folder, InstantSource.system());
    }

    static RunningDoor open(Path folder, InstantSource clock) {
        try {
            ObjectStore store = ObjectStore.open(
                    folder, new ObjectStore.Settings(REGION, Map.of(BUCKET, ""), 5), clock, new Random(1));
            store.createBucket(BUCKET);
            LoopbackServer server = new S3Door(store, KEY, REGION, clock, new Random(2)).start(0);
            return new RunningDoor(folder, store, server);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY.id(), KEY.secret()));
    }

    ObjectStore store() {
        return store;
    }

    URI address() {
        return server.address();
    }

    int port() {
        return server.port();
    }

    S3Client client() {
        return client;
    }

    Presigner presigner(InstantSource clock) {
        return new Presigner(KEY, address(), REGION, clock);
    }

    S3Presigner sdkPresigner() {
        return S3Presigner.builder()
                .endpointOverride(address())
                .region(Region.of(REGION))
                .credentialsProvider(credentials())
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    /** All messages in the queue; they are taken out. */
    List<String> takeEvents() {
        List<String> bodies = new ArrayList<>();
        List<EventQueue.Message> batch = store.queue().receive(100, HOUR);
        while (!batch.isEmpty()) {
            batch.forEach(message -> bodies.add(message.body()));
            store.queue().delete(batch);
            batch = store.queue().receive(100, HOUR);
        }
        return bodies;
    }

    /** How many files of content there are, temporary ones too. */
    long files() {
        try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
        try {
            store.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
