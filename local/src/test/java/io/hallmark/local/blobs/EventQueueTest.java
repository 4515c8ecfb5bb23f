package io.hallmark.local.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventQueueTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Origin USER = new Origin("AKID", "127.0.0.1", "REQUEST1");

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final InstantSource clock = () -> Objects.requireNonNull(now.get());
    private final AtomicReference<ObjectStore> open = new AtomicReference<>();

    @BeforeEach
    void openStore() throws IOException {
        open.set(ObjectStore.open(
                folder,
                new ObjectStore.Settings("eu-central-1", Map.of("hallmark", "incoming/"), 5),
                clock,
                new Random(clock.millis())));
        store().createBucket("hallmark");
        store().createBucket("hallmark-registry");
    }

    @AfterEach
    void closeStore() throws IOException {
        store().close();
    }

    private ObjectStore store() {
        return Objects.requireNonNull(open.get());
    }

    private EventQueue queue() {
        return store().queue();
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    void aMessageHasTheShapeThatS3PutsIntoAQueue() throws IOException {
        ObjectVersion object = put("hallmark", "incoming/fraud/a b+c=é.onnx", "hello");
        EventQueue.Message message = queue().receive(10, MINUTE).get(0);
        assertThat(message.body())
                .isEqualTo("{\"Records\":[{\"awsRegion\":\"eu-central-1\",\"eventName\":\"ObjectCreated:Put\","
                        + "\"eventSource\":\"aws:s3\",\"eventTime\":\"2026-11-21T10:00:00.000Z\",\"eventVersion\":\"2.1\","
                        + "\"requestParameters\":{\"sourceIPAddress\":\"127.0.0.1\"},"
                        + "\"responseElements\":{\"x-amz-id-2\":\"REQUEST1\",\"x-amz-request-id\":\"REQUEST1\"},"
                        + "\"s3\":{\"bucket\":{\"arn\":\"arn:aws:s3:::hallmark\",\"name\":\"hallmark\","
                        + "\"ownerIdentity\":{\"principalId\":\"hallmark\"}},\"configurationId\":\"hallmark\","
                        + "\"object\":{\"eTag\":\"5d41402abc4b2a76b9719d911017c592\","
                        + "\"key\":\"incoming/fraud/a+b%2Bc%3D%C3%A9.onnx\",\"sequencer\":\"000000000000000001\","
                        + "\"size\":5,\"versionId\":\"" + object.versionId() + "\"},\"s3SchemaVersion\":\"1.0\"},"
                        + "\"userIdentity\":{\"principalId\":\"AKID\"}}]}");
        String batch = CanonicalJson.write(SqsBatch.of(List.of(message), "eu-central-1", "intake"));
        assertThat(batch)
                .startsWith("{\"Records\":[{\"attributes\":{\"ApproximateFirstReceiveTimestamp\":\"1795255200000\","
                        + "\"ApproximateReceiveCount\":\"1\",\"SenderId\":\"hallmark\","
                        + "\"SentTimestamp\":\"1795255200000\"},\"awsRegion\":\"eu-central-1\",\"body\":\"")
                .contains("\"eventSource\":\"aws:sqs\"")
                .contains("\"eventSourceARN\":\"arn:aws:sqs:eu-central-1:000000000000:intake\"")
                .contains("\"messageAttributes\":{}")
                .contains("\"messageId\":\"" + message.messageId() + "\"");
    }

    @Test
    void everyWriteAndDeleteOfTheBucketRaisesOneMessageInOrder() throws IOException {
        put("hallmark", "incoming/a", "1");
        put("hallmark", "elsewhere/a", "2");
        put("hallmark-registry", "incoming/a", "3");
        ObjectVersion second = put("hallmark", "incoming/a", "4");
        store().delete("hallmark", "incoming/a", USER);
        store().erase(second, USER);
        store().erase(second, USER);
        List<String> bodies = queue().receive(10, MINUTE).stream()
                .map(EventQueue.Message::body)
                .toList();
        assertThat(bodies).hasSize(4);
        assertThat(bodies.get(2)).contains("ObjectRemoved:DeleteMarkerCreated");
        assertThat(bodies.get(3)).contains("ObjectRemoved:Delete\"").doesNotContain("eTag");
        List<String> sequencers = bodies.stream()
                .map(body -> body.replaceAll(".*\"sequencer\":\"([0-9A-F]+)\".*", "$1"))
                .toList();
        assertThat(sequencers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aRefusedWriteRaisesNothing() throws IOException {
        put("hallmark", "incoming/a", "1");
        try (Received content = receive("2")) {
            WriteResult result = store().put(
                            "hallmark",
                            "incoming/a",
                            content,
                            Attributes.NONE,
                            PutCondition.absent(),
                            ObjectEvent.PUT,
                            USER);
            assertThat(result).isInstanceOf(WriteResult.Refused.class);
        }
        assertThat(queue().waiting()).isEqualTo(1);
    }

    @Test
    void aMessageIsHiddenWhileSomebodyHoldsItAndComesBack() {
        queue().send("m1", "body");
        assertThat(queue().receive(10, MINUTE)).hasSize(1);
        assertThat(queue().receive(10, MINUTE)).isEmpty();
        assertThat(queue().waiting()).as("not done yet").isEqualTo(1);
        pass(MINUTE);
        EventQueue.Message again = queue().receive(10, MINUTE).get(0);
        assertThat(again.receives()).isEqualTo(2);
        assertThat(again.firstReceived()).isEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
        queue().delete(List.of(again));
        pass(Duration.ofDays(1));
        assertThat(queue().receive(10, MINUTE)).isEmpty();
        assertThat(queue().waiting()).isZero();
    }

    @Test
    void aRestartHandsOutAtOnceWhatTheOldProcessHeld() throws IOException {
        queue().send("m1", "body");
        queue().receive(10, Duration.ofHours(12));
        store().close();
        openStore();
        assertThat(queue().receive(10, MINUTE)).singleElement().satisfies(message -> {
            assertThat(message.messageId()).isEqualTo("m1");
            assertThat(message.receives()).isEqualTo(2);
        });
    }

    @Test
    void theFifthFailureBuriesAMessageWhereItCanBeSeen() {
        queue().send("m1", "poison");
        for (int receive = 1; receive <= 5; receive++) {
            EventQueue.Message message = queue().receive(10, MINUTE).get(0);
            assertThat(message.receives()).isEqualTo(receive);
            queue().fail(message, Duration.ofSeconds(1));
            assertThat(queue().receive(10, MINUTE)).as("waits for its backoff").isEmpty();
            pass(Duration.ofSeconds(1));
        }
        assertThat(queue().waiting()).isZero();
        assertThat(queue().dead()).isEqualTo(1);
        EventQueue.DeadLetter dead = queue().deadLetters(10).get(0);
        assertThat(dead.body()).isEqualTo("poison");
        assertThat(dead.receives()).isEqualTo(5);
        assertThat(queue().redrive(dead.id())).isTrue();
        assertThat(queue().redrive(dead.id())).isFalse();
        assertThat(queue().receive(10, MINUTE))
                .singleElement()
                .satisfies(message -> assertThat(message.receives()).isEqualTo(1));
        assertThat(queue().dead()).isZero();
    }

    @Test
    void aMessageWhoseHoldersAllDiedIsBuriedToo() {
        queue().send("m1", "kills its worker");
        for (int receive = 1; receive <= 5; receive++) {
            assertThat(queue().receive(10, MINUTE)).hasSize(1);
            pass(MINUTE);
        }
        assertThat(queue().receive(10, MINUTE)).isEmpty();
        assertThat(queue().dead()).isEqualTo(1);
    }

    @Test
    void aWorkerDeletesWhatSucceededAndRetriesWhatFailed() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 25; i++) {
            queue().send("m" + i, i == 7 ? "poison" : "good");
        }
        QueueWorker.Settings settings = new QueueWorker.Settings(
                "test-worker", 2, 10, Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofSeconds(4));
        try (QueueWorker worker = QueueWorker.start(
                queue(),
                batch -> {
                    assertThat(batch).hasSizeLessThanOrEqualTo(10);
                    batch.forEach(message -> seen.add(message.body()));
                    return batch.stream()
                            .filter(message -> message.body().equals("poison"))
                            .map(EventQueue.Message::messageId)
                            .collect(java.util.stream.Collectors.toSet());
                },
                settings)) {
            assertThat(worker).isNotNull();
            await().until(() -> {
                pass(Duration.ofSeconds(1));
                return queue().waiting() == 0;
            });
        }
        assertThat(seen.stream().filter(body -> body.equals("good"))).hasSize(24);
        assertThat(seen.stream().filter(body -> body.equals("poison"))).hasSize(5);
        assertThat(queue().dead()).isEqualTo(1);
    }

    @Test
    void aFunctionThatThrowsOrNamesStrangersFailedItsWholeBatch() {
        queue().send("m1", "a");
        QueueWorker.Settings settings = new QueueWorker.Settings(
                "test-worker", 1, 10, Duration.ofHours(1), Duration.ofMillis(1), Duration.ofMillis(1));
        AtomicReference<Integer> calls = new AtomicReference<>(0);
        try (QueueWorker worker = QueueWorker.start(
                queue(),
                batch -> {
                    int call = calls.updateAndGet(count -> count + 1);
                    if (call == 1) {
                        throw new IllegalStateException("planted");
                    }
                    return call == 2 ? Set.of("nobody") : Set.of();
                },
                settings)) {
            assertThat(worker).isNotNull();
            await().until(() -> {
                pass(Duration.ofSeconds(1));
                return queue().waiting() == 0;
            });
        }
        assertThat(calls.get()).isEqualTo(3);
        assertThat(queue().dead()).isZero();
    }

    @Test
    void oneProcessAtATimeHasTheFolder() {
        assertThatThrownBy(this::openStore).isInstanceOf(IOException.class).hasMessageContaining("another process");
    }

    @Test
    void filesThatACrashLeftBehindAreClearedAway() throws IOException {
        put("hallmark", "incoming/a", "kept");
        store().close();
        Path run = folder.resolve("objects/000000000001");
        Path orphan = Files.writeString(run.resolve("000000000001-99"), "never became an object");
        Path temporary = Files.writeString(folder.resolve("objects/tmp/half"), "hal");
        openStore();
        assertThat(orphan).doesNotExist();
        assertThat(temporary).doesNotExist();
        assertThat(store().newest("hallmark", "incoming/a")).isPresent();
        try (var files = Files.list(run)) {
            assertThat(files).hasSize(1);
        }
    }

    private ObjectVersion put(String bucket, String key, String text) throws IOException {
        try (Received content = receive(text)) {
            WriteResult result =
                    store().put(bucket, key, content, Attributes.NONE, PutCondition.none(), ObjectEvent.PUT, USER);
            return ((WriteResult.Stored) result).version().object();
        }
    }

    private Received receive(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return store().receive(new ByteArrayInputStream(bytes), bytes.length, Optional.empty());
    }
}
