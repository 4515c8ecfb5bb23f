package io.hallmark.local.door.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.local.blobs.EventQueue;
import io.hallmark.local.blobs.Listing;
import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.blobs.StoredVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The door's process is killed while four clients write; what it acknowledged must be there, whole, with its event. */
@Timeout(180)
class CrashTest {

    private static final int KILLS = Integer.getInteger("hallmark.kills", 5);
    private static final int WRITERS = 4;
    private static final int PART = 5 * 1024 * 1024;
    private static final Pattern VERSION = Pattern.compile("\"versionId\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    /** What a client was told. */
    private record Acknowledged(String key, String versionId) {}

    @Test
    void everyAcknowledgedWriteSurvivesKillsWholeAndWithOneEvent() throws Exception {
        long seed = Long.getLong("hallmark.seed", System.nanoTime());
        System.out.println("crash test: seed " + seed + ", " + KILLS + " kills");
        Random random = new Random(seed);
        Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
        int versions = 0;
        for (int round = 1; round <= KILLS; round++) {
            Process process = DoorProcess.start(folder);
            List<Thread> writers = startWriters(round, random, acknowledged);
            int before = acknowledged.size();
            for (int waited = 0; acknowledged.size() == before && waited < 200; waited++) {
                Thread.sleep(50);
            }
            Thread.sleep(random.nextInt(1500));
            process.destroyForcibly().waitFor();
            for (Thread writer : writers) {
                writer.join();
            }
            versions = checkFolder(acknowledged);
        }
        System.out.println(
                "crash test: " + acknowledged.size() + " writes acknowledged, " + versions + " versions found");
        assertThat(acknowledged).isNotEmpty();
    }

    private List<Thread> startWriters(int round, Random random, Queue<Acknowledged> acknowledged) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + DoorProcess.port(folder));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String name = "r" + round + "-w" + i;
            Random own = new Random(random.nextLong());
            threads.add(new Thread(() -> write(address, name, own, acknowledged)));
        }
        threads.forEach(Thread::start);
        return threads;
    }

    private static void write(URI address, String name, Random random, Queue<Acknowledged> acknowledged) {
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .credentialsProvider(RunningDoor.credentials())
                .forcePathStyle(true)
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build()) {
            for (int i = 0; ; i++) {
                boolean multipart = random.nextInt(8) == 0;
                int size = multipart ? PART + random.nextInt(100_000) : random.nextInt(300_000);
                String key = name + "/" + i + "-" + size;
                String versionId = multipart ? multipart(s3, key, size) : put(s3, key, size);
                acknowledged.add(new Acknowledged(key, versionId));
            }
        } catch (S3Exception answered) {
            System.err.println("the door refused a write: " + answered.getMessage());
        } catch (SdkException killed) {
            return;
        }
    }

    private static String put(S3Client s3, String key, int size) {
        return s3.putObject(b -> b.bucket("hallmark").key(key), RequestBody.fromBytes(content(key, size)))
                .versionId();
    }

    private static String multipart(S3Client s3, String key, int size) {
        byte[] bytes = content(key, size);
        String id = s3.createMultipartUpload(b -> b.bucket("hallmark").key(key)).uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int from = 0; from < size; from += PART) {
            int number = parts.size() + 1;
            byte[] part = java.util.Arrays.copyOfRange(bytes, from, Math.min(size, from + PART));
            String etag = s3.uploadPart(
                            b -> b.bucket("hallmark").key(key).uploadId(id).partNumber(number),
                            RequestBody.fromBytes(part))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        }
        return s3.completeMultipartUpload(
                        b -> b.bucket("hallmark").key(key).uploadId(id).multipartUpload(m -> m.parts(parts)))
                .versionId();
    }

    /** Every key's bytes follow from the key, so that whatever is visible can be checked. */
    private static byte[] content(String key, int size) {
        byte[] bytes = new byte[size];
        new Random(key.hashCode()).nextBytes(bytes);
        return bytes;
    }

    private int checkFolder(Queue<Acknowledged> acknowledged) throws IOException {
        ObjectStore.Settings settings = new ObjectStore.Settings("us-east-1", Map.of("hallmark", ""), 1_000_000);
        try (ObjectStore store = ObjectStore.open(folder, settings, InstantSource.system(), new Random(3))) {
            List<StoredVersion> versions = store.listing()
                    .versions(new Listing.Query("hallmark", "", "", Listing.Position.start(), 1_000_000))
                    .entries();
            List<String> ids = versions.stream()
                    .map(version -> version.object().versionId())
                    .toList();
            assertThat(ids)
                    .as("acknowledged writes are there")
                    .containsAll(
                            acknowledged.stream().map(Acknowledged::versionId).toList());
            for (StoredVersion version : versions) {
                String key = version.object().key();
                int size = Integer.parseInt(key.substring(key.lastIndexOf('-') + 1));
                try (InputStream in = store.read(version, 0, version.size())) {
                    assertThat(in.readAllBytes()).as(key).isEqualTo(content(key, size));
                }
            }
            assertThat(eventVersions(store)).as("one event for each").containsExactlyInAnyOrderElementsOf(ids);
            long referenced = versions.stream()
                    .mapToLong(version -> store.segments(version).size())
                    .sum();
            long parts = store.uploads().list("hallmark", "", "", "", 100_000).stream()
                    .mapToLong(upload ->
                            store.uploads().parts(upload.id(), 0, 10_000).size())
                    .sum();
            assertThat(files()).as("no file is left over").isEqualTo(referenced + parts);
            return versions.size();
        }
    }

    private static List<String> eventVersions(ObjectStore store) {
        List<String> ids = new ArrayList<>();
        for (EventQueue.Message message : store.queue().receive(1_000_000, Duration.ofHours(1))) {
            Matcher matcher = VERSION.matcher(message.body());
            assertThat(matcher.find()).isTrue();
            ids.add(matcher.group(1));
        }
        return ids;
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
