package io.hallmark.conformance;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.handlers.json.JsonText;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.local.blobs.EventQueue;
import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.door.LoopbackServer;
import io.hallmark.local.door.s3.S3Door;
import io.hallmark.local.sigv4.AccessKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** AWS as far as the functions see it: an S3 endpoint that verifies signatures, the stubs, and what the variables say. */
final class World implements AutoCloseable {

    static final String BUCKET = "hallmark";
    static final String REGISTRY = "hallmark-registry";
    static final String DIGESTS = "hallmark-digests";
    static final String REGION = "us-east-1";
    static final String ACCOUNT = "123456789012";
    private static final String TABLE = "registry";
    private static final Pattern OPTIONS = Pattern.compile("(?m)^ +(\\w*JAVA\\w*OPTIONS): \"(.*)\"$");
    private static final AccessKey KEY = new AccessKey("AKIDCONFORMANCE", "a secret of this test only");
    private static final String MACHINE = "arn:aws:states:" + REGION + ":" + ACCOUNT + ":stateMachine:hallmark-";

    /** As the managed runtimes start a JVM, on the command line. */
    static final List<String> LAMBDA_FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    final MemoryTable table = new MemoryTable(InstantSource.system(), 0);
    final AwsStub aws;
    final ObjectStore store;
    final Path folder;
    private final LoopbackServer s3;
    private final List<FunctionProcess> functions = new ArrayList<>();

    World(Path folder) throws IOException {
        this.folder = folder;
        this.aws = new AwsStub(table, TABLE);
        this.store = ObjectStore.open(
                folder.resolve("store"),
                new ObjectStore.Settings(REGION, Map.of(BUCKET, "incoming/"), 5),
                InstantSource.system(),
                new Random(1));
        store.createBucket(BUCKET);
        store.createBucket(REGISTRY);
        store.createBucket(DIGESTS);
        this.s3 = new S3Door(store, KEY, REGION, InstantSource.system(), new Random(2)).start(0);
    }

    /** The variables of a function. */
    Map<String, String> environment() {
        return new HashMap<>(Map.ofEntries(
                Map.entry("AWS_REGION", REGION),
                Map.entry("AWS_ACCESS_KEY_ID", KEY.id()),
                Map.entry("AWS_SECRET_ACCESS_KEY", KEY.secret()),
                Map.entry("AWS_ENDPOINT_URL", aws.address().toString()),
                Map.entry("AWS_ENDPOINT_URL_S3", s3.address().toString()),
                Map.entry("HALLMARK_TABLE", TABLE),
                Map.entry("HALLMARK_ARTIFACT_BUCKET", BUCKET),
                Map.entry("HALLMARK_REGISTRY_BUCKET", REGISTRY),
                Map.entry("HALLMARK_DIGEST_BUCKET", DIGESTS),
                // The account that the S3 door belongs to: another one is refused.
                Map.entry("HALLMARK_BUCKET_OWNER", "000000000000"),
                Map.entry("HALLMARK_PROMOTION_MACHINE_ARN", MACHINE + "promotion"),
                Map.entry("HALLMARK_ROLLBACK_MACHINE_ARN", MACHINE + "rollback"),
                Map.entry("HALLMARK_HASH_LARGE_MACHINE_ARN", MACHINE + "hash-large"),
                Map.entry("HALLMARK_EVENT_BUS", "hallmark"),
                Map.entry("HALLMARK_DIGEST_KEY", "arn:aws:kms:" + REGION + ":" + ACCOUNT + ":key/1"),
                Map.entry("HALLMARK_ENVIRONMENT", "conformance")));
    }

    /** The options of the JVM that the template sets; only the hasher has any. */
    static Map<String, String> shippedOptions() throws IOException {
        Map<String, String> options = new HashMap<>();
        Matcher found = OPTIONS.matcher(Files.readString(FunctionProcess.root().resolve("infra/template.yaml")));
        while (found.find()) {
            if (options.put(found.group(1), found.group(2)) != null) {
                throw new IllegalStateException("the template sets " + found.group(1) + " more than once");
            }
        }
        return options;
    }

    /** Starts a function as Lambda lays it out: its jar in {@code lib/} below the task root. */
    FunctionProcess start(String group, String handler) throws IOException {
        return start(group, handler, LAMBDA_FLAGS, Map.of());
    }

    FunctionProcess start(String group, String handler, List<String> flags, Map<String, String> more)
            throws IOException {
        Path root = folder.resolve(handler.substring(handler.lastIndexOf('.') + 1) + "-" + functions.size());
        Files.createDirectories(root.resolve("lib"));
        link(root.resolve("lib").resolve("hallmark.jar"), FunctionProcess.jar(group));
        Map<String, String> environment = environment();
        environment.putAll(more);
        FunctionProcess function = FunctionProcess.start(new FunctionProcess.Start(
                FunctionProcess.java(), flags, "", root, handler, environment, root.resolve("output")));
        functions.add(function);
        return function;
    }

    /** The same file in another place: by a hard link, and where that cannot be, by a copy. */
    private static void link(Path place, Path file) throws IOException {
        try {
            Files.createLink(place, file);
        } catch (IOException | UnsupportedOperationException otherDisk) {
            Files.copy(file, place);
        }
    }

    /** A text that is a JSON object. */
    static Json.Obj object(String text) {
        return (Json.Obj) StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    static String sample(String name) throws IOException {
        return Files.readString(FunctionProcess.root().resolve("events-samples").resolve(name));
    }

    /** Puts the files of a sample model into the bucket, the manifest last, by presigned addresses. */
    void upload(String model, String folder) throws IOException {
        Path root = FunctionProcess.root().resolve("events-samples/models").resolve(model);
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
        }
        files.sort(java.util.Comparator.comparing(file -> file.endsWith("hallmark.json") ? 1 : 0));
        for (Path file : files) {
            put("incoming/" + folder + "/" + root.relativize(file), Files.readAllBytes(file));
        }
    }

    void put(String key, byte[] bytes) throws IOException {
        URI address = new io.hallmark.local.sigv4.Presigner(KEY, s3.address(), REGION, InstantSource.system())
                .presign("PUT", BUCKET, key, Map.of(), Duration.ofMinutes(5));
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address)
                                    .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("the S3 endpoint answered " + answer.statusCode() + ": " + answer.body());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** What S3 has told the queue, as one batch of SQS messages: the sample's envelope around the store's own events. */
    String batch() throws IOException {
        Json.Obj envelope =
                (Json.Obj) object(sample("s3-in-sqs.json")).array("Records").get(0);
        List<Json> records = new ArrayList<>();
        List<EventQueue.Message> messages = store.queue().receive(100, Duration.ofHours(1));
        for (EventQueue.Message message : messages) {
            records.add(envelope.with("messageId", "m-" + records.size()).with("body", message.body()));
        }
        store.queue().delete(messages);
        return JsonText.write(Json.object().with("Records", Json.array(records)));
    }

    @Override
    public void close() throws IOException {
        functions.forEach(FunctionProcess::close);
        s3.close();
        aws.close();
        store.close();
    }
}
