package io.hallmark.local.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hallmark.cli.CliFailure;
import io.hallmark.cli.Registry;
import io.hallmark.cli.fleet.Fault;
import io.hallmark.cli.fleet.SimulatedFleet;
import io.hallmark.client.Route;
import io.hallmark.client.json.JsonValue;
import io.hallmark.core.identity.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Kills the registry at random moments, as a power cut would, during uploads and while a promotion has a quarter of the
 * traffic. {@code -Dhallmark.kills=20} for more of them, {@code -Dhallmark.seed=…} for the same again.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("hallmark.kills", 2);
    private static final String BUCKET = "hallmark";
    private static final String MODEL = "doctor-visit";
    private static final String TARGET = "eu-prod";
    private static final Path SAMPLES = Path.of("../events-samples/models", MODEL);
    private static final Set<String> WAITING = Set.of("STAGED", "PENDING", "RECEIVED");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** An upload that the endpoint has acknowledged. */
    private record Acknowledged(String key, String versionId) {

        String uploadId() {
            return Hashing.sha256(BUCKET + "\0" + key + "\0" + versionId).hex();
        }
    }

    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();

    @Test
    void nothingAcknowledgedIsLostAndNoPromotionIsLeftInBetween() throws Exception {
        long seed = Long.getLong("hallmark.seed", new Random().nextLong());
        System.out.println("KillTest: seed " + seed + ", " + KILLS + " kills");
        Random random = new Random(seed);
        RegistryProcess place = new RegistryProcess(folder.resolve("state"));
        Process process = place.start();
        try {
            Registry registry = place.registry();
            upload(place, "baseline-logistic");
            upload(place, "candidate-gbm");
            await().atMost(PATIENCE).until(() -> versions(registry, MODEL).size() == 2);
            registry.post(
                    "/v1/targets",
                    JsonValue.object()
                            .with("name", TARGET)
                            .with("kind", "route-document")
                            .with("pollSeconds", 1));
            SimulatedFleet.Setup setup =
                    new SimulatedFleet.Setup(place.endpoint(), TARGET, MODEL, 2, 600, Duration.ofMillis(500));
            try (SimulatedFleet fleet = new SimulatedFleet(setup, new Silent(), InstantSource.system())) {
                fleet.start(new Random(seed));
                assertThat(ended(registry, promote(registry, "1", 0))
                                .at("status")
                                .textOr("?"))
                        .isEqualTo("SETTLED");
                for (int kill = 1; kill <= KILLS; kill++) {
                    process = kill % 2 == 1
                            ? killDuringUploads(place, process, random)
                            : killAtAQuarter(place, process, random, kill);
                }
            }
            everyUploadHasOneEnd(registry);
            historyIsWhole(registry);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process killDuringUploads(RegistryProcess place, Process process, Random random) throws Exception {
        long seed = random.nextLong();
        Thread uploads = new Thread(() -> uploadUntilRefused(place, new Random(seed)), "uploads");
        uploads.start();
        Thread.sleep(50 + random.nextInt(1500));
        process.destroyForcibly().waitFor();
        uploads.join();
        return place.start();
    }

    private Process killAtAQuarter(RegistryProcess place, Process process, Random random, int kill) throws Exception {
        Registry registry = place.registry();
        String serves = target(registry).at("pointer", "number").textOr("?");
        String id = promote(registry, serves.equals("1") ? "2" : "1", kill);
        await().pollInterval(Duration.ofMillis(50)).atMost(PATIENCE).until(() -> {
            JsonValue promotion = registry.get("/v1/promotions/" + id);
            return promotion.at("step", "weightBps").integer().orElse(0L) == 2500L || over(promotion);
        });
        Thread.sleep(random.nextInt(2500));
        process.destroyForcibly().waitFor();
        Process next = place.start();
        JsonValue end = ended(registry, id);
        String status = end.at("status").textOr("?");
        System.out.println("KillTest: kill " + kill + ", the promotion is " + status);
        if (status.equals("ROLLED_BACK")) {
            assertThat(end.at("rollback", "provenAt").text()).as(end.pretty()).isPresent();
        } else {
            assertThat(status).as(end.pretty()).isEqualTo("SETTLED");
        }
        targetIsNotBetweenVersions(
                registry, status.equals("SETTLED") ? end.at("number").textOr("?") : serves);
        return next;
    }

    private static void targetIsNotBetweenVersions(Registry registry, String expected) throws Exception {
        JsonValue target = target(registry);
        assertThat(target.at("lock", "state").textOr("?")).as(target.pretty()).isEqualTo("FREE");
        assertThat(target.at("pointer", "number").textOr("?"))
                .as(target.pretty())
                .isEqualTo(expected);
        String version = target.at("pointer", "version").textOr("?");
        JsonValue route = registry.get("/v1/targets/" + TARGET + "/models/" + MODEL + "/route");
        assertThat(route.at("weightsBps", version).integer()).as(route.pretty()).hasValue(10_000L);
    }

    private void uploadUntilRefused(RegistryProcess place, Random random) {
        try (S3Client s3 = place.s3()) {
            while (true) {
                byte[] bytes = new byte[1 + random.nextInt(200_000)];
                random.nextBytes(bytes);
                String key = "incoming/kill/" + Long.toHexString(random.nextLong()) + ".bin";
                String versionId = s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes))
                        .versionId();
                acknowledged.add(new Acknowledged(key, versionId));
            }
        } catch (SdkException | UncheckedIOException killed) {
            System.out.println("KillTest: " + acknowledged.size() + " uploads acknowledged so far");
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private void everyUploadHasOneEnd(Registry registry) {
        assertThat(acknowledged).isNotEmpty();
        for (Acknowledged upload : acknowledged) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(CliFailure.class)
                    .untilAsserted(() -> {
                        JsonValue row = registry.get("/v1/uploads/" + upload.uploadId());
                        assertThat(row.at("state").textOr("?")).as(upload.key()).isNotIn(WAITING);
                    });
        }
    }

    private void historyIsWhole(Registry registry) throws Exception {
        List<Long> numbers = versions(registry, "kill").stream()
                .map(version -> version.at("number").integer().orElseThrow())
                .sorted()
                .toList();
        System.out.println(
                "KillTest: " + acknowledged.size() + " uploads acknowledged, " + numbers.size() + " versions");
        assertThat(numbers).hasSizeGreaterThanOrEqualTo(acknowledged.size());
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i + 1L);
        }
        for (String scope : List.of("model:kill", "model:" + MODEL, "target:" + TARGET + ":" + MODEL)) {
            JsonValue audit = registry.get("/v1/audit/" + Registry.segment(scope) + "?from=1&limit=100");
            assertThat(audit.at("intact").flag()).as(scope).hasValue(true);
        }
    }

    private static String promote(Registry registry, String number, int kill) throws Exception {
        JsonValue body =
                JsonValue.object().with("target", TARGET).with("policy", "demo").with("reason", "to be killed");
        JsonValue accepted = registry.post(
                "/v1/models/" + MODEL + "/versions/" + number + "/promotions",
                kill == 0 ? body.with("bootstrap", true) : body,
                Map.of("Idempotency-Key", "kill-" + kill));
        return accepted.at("promotionId").textOr("");
    }

    private static JsonValue ended(Registry registry, String id) {
        return await().pollInterval(Duration.ofMillis(200))
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(CliFailure.class)
                .until(() -> registry.get("/v1/promotions/" + id), KillTest::over);
    }

    private static boolean over(JsonValue promotion) {
        return promotion.at("endedAt").text().isPresent();
    }

    private static JsonValue target(Registry registry) throws InterruptedException {
        return registry.get("/v1/targets/" + TARGET + "/models/" + MODEL);
    }

    private static List<JsonValue> versions(Registry registry, String model) {
        try {
            List<JsonValue> all = new java.util.ArrayList<>();
            String page = "";
            do {
                JsonValue answer = registry.get("/v1/models/" + model + "/versions?limit=100" + page);
                all.addAll(answer.at("versions").items());
                page = answer.at("nextPage")
                        .text()
                        .map(next -> "&page=" + Registry.segment(next))
                        .orElse("");
            } while (!page.isEmpty());
            return all;
        } catch (CliFailure notYet) {
            return List.of();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Uploads a sample model as any S3 client would, the manifest last. */
    private static void upload(RegistryProcess place, String sample) throws IOException {
        Path model = SAMPLES.resolve(sample);
        try (S3Client s3 = place.s3();
                Stream<Path> all = Files.walk(model)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(file -> file.endsWith("hallmark.json")))
                    .toList();
            for (Path file : files) {
                String key = "incoming/" + MODEL + "/" + sample + "/"
                        + model.relativize(file).toString().replace('\\', '/');
                s3.putObject(put -> put.bucket(BUCKET).key(key), file);
            }
        }
    }

    /** Hears the fleet and says nothing. */
    private static final class Silent implements SimulatedFleet.Listener {

        @Override
        public void applied(String instance, Route route) {}

        @Override
        public void faultReported(Fault fault, Instant at) {}
    }
}
