import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Records what a function loads on its way, as an archive that a later start maps in: an AOT cache on Java 25 and newer,
 * AppCDS before. Plays the Lambda Runtime API on loopback for one execution environment with SnapStart: the function
 * rehearses its way within its process, answers one event, and is asked to end. For that event it plays the services too,
 * as an empty registry in which every object is one byte long, so that the way over a connection is recorded as well.
 * Nothing outside is called.
 *
 * <p>{@code java Train.java JAVA ARCHIVE CLASSPATH HANDLER EVENT [FLAG…]}: the archive fits exactly this java, this class
 * path and these flags.
 */
class Train {

    private static final String API = "/2018-06-01/runtime/";
    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("AWS_REGION", "us-east-1"),
            Map.entry("AWS_ACCESS_KEY_ID", "TRAINING"),
            Map.entry("AWS_SECRET_ACCESS_KEY", "training"),
            Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"),
            Map.entry("AWS_LAMBDA_FUNCTION_NAME", "training"),
            Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024"),
            Map.entry("HALLMARK_TABLE", "training"),
            // The bucket of the sample events.
            Map.entry("HALLMARK_ARTIFACT_BUCKET", "hallmark"),
            Map.entry("HALLMARK_REGISTRY_BUCKET", "training"),
            Map.entry("HALLMARK_DIGEST_BUCKET", "training"),
            Map.entry("HALLMARK_BUCKET_OWNER", "000000000000"),
            Map.entry("HALLMARK_PROMOTION_MACHINE_ARN", "arn:aws:states:us-east-1:000000000000:stateMachine:promotion"),
            Map.entry("HALLMARK_ROLLBACK_MACHINE_ARN", "arn:aws:states:us-east-1:000000000000:stateMachine:rollback"),
            Map.entry("HALLMARK_HASH_LARGE_MACHINE_ARN", "arn:aws:states:us-east-1:000000000000:stateMachine:hash"),
            Map.entry("HALLMARK_EVENT_BUS", "training"),
            Map.entry("HALLMARK_DIGEST_KEY", "arn:aws:kms:us-east-1:000000000000:key/training"),
            Map.entry("HALLMARK_ENVIRONMENT", "training"));

    public static void main(String[] given) throws Exception {
        if (given.length < 5) {
            System.err.println("usage: java Train.java JAVA ARCHIVE CLASSPATH HANDLER EVENT [FLAG...]");
            System.exit(2);
        }
        String java = given[0];
        Path archive = Path.of(given[1]).toAbsolutePath();
        String handler = given[3];
        String event = Files.readString(Path.of(given[4]));
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        BlockingQueue<String> events = new LinkedBlockingQueue<>(List.of(event));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", Train::serve);
        server.createContext(API, exchange -> answer(exchange, events, said));
        server.start();

        List<String> command = new ArrayList<>(List.of(java));
        for (int i = 5; i < given.length; i++) {
            command.add(given[i]);
        }
        command.add((feature(java) >= 25 ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
        command.addAll(List.of(
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-cp",
                given[2],
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                handler));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Path output = Files.createTempFile("training", ".log");
        builder.redirectOutput(output.toFile());
        builder.environment().putAll(VARIABLES);
        builder.environment().put("_HANDLER", handler);
        String address = "127.0.0.1:" + server.getAddress().getPort();
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", address);
        builder.environment().put("AWS_ENDPOINT_URL", "http://" + address);
        Process process = builder.start();
        String answer = said.poll(120, TimeUnit.SECONDS);
        process.destroy();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        server.stop(0);
        if (answer == null || !ended || !Files.isRegularFile(archive)) {
            System.err.println("no archive was written; the function said:\n" + Files.readString(output));
            System.exit(1);
        }
        Files.delete(output);
        System.out.println(archive + " " + Files.size(archive) / 1_000_000 + " MB, after: " + answer);
    }

    private static void answer(HttpExchange exchange, BlockingQueue<String> events, BlockingQueue<String> said)
            throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals(API + "invocation/next")) {
                byte[] body = events.take().getBytes(StandardCharsets.UTF_8);
                // The runtime's native part ends the process when an event comes without a type.
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", "00000000-0000-4000-8000-000000000001");
                exchange.getResponseHeaders()
                        .add("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000001;Sampled=0");
                exchange.getResponseHeaders().add("Lambda-Runtime-Deadline-Ms", "4102444800000");
                exchange.getResponseHeaders()
                        .add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:000000000000:function:training");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } else if (path.equals(API + "restore/next")) {
                exchange.sendResponseHeaders(200, -1);
            } else {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(202, -1);
                said.add(path.substring(path.lastIndexOf('/') + 1) + " " + body);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the services of AWS say in an empty registry. */
    private static void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Headers headers = exchange.getResponseHeaders();
            String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            if (operation != null) {
                headers.add("Content-Type", "application/x-amz-json-1.0");
                send(exchange, 200, operation.endsWith(".Query") ? "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}" : "{}");
                return;
            }
            headers.add("ETag", "\"7215ee9c7d9dc229d2921a40e899ec5f\"");
            headers.add("Last-Modified", "Sat, 21 Nov 2026 10:00:00 GMT");
            headers.add("x-amz-version-id", "training");
            if (exchange.getRequestMethod().equals("HEAD")) {
                headers.add("Content-Length", "1");
                exchange.sendResponseHeaders(200, -1);
            } else if (exchange.getRequestHeaders().containsKey("Range")) {
                headers.add("Content-Range", "bytes 0-0/1");
                send(exchange, 206, " ");
            } else {
                send(exchange, 200, exchange.getRequestMethod().equals("PUT") ? "" : " ");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static int feature(String java) throws IOException {
        Process asked = new ProcessBuilder(java, "-XshowSettings:properties", "-version")
                .redirectErrorStream(true)
                .start();
        String settings = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return settings.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("java.specification.version = "))
                .map(line -> Integer.parseInt(line.substring(line.indexOf('=') + 2)))
                .findFirst()
                .orElseThrow(() -> new IOException(java + " does not say its version"));
    }
}
