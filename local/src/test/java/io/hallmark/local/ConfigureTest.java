package io.hallmark.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hallmark.cli.Cli;
import io.hallmark.cli.Surroundings;
import io.hallmark.core.identity.Hashing;
import io.hallmark.local.sigv4.AccessKey;
import io.hallmark.local.sigv4.CanonicalRequest;
import io.hallmark.local.sigv4.Signer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkSystemSetting;

/** {@code configure} against a stub of CloudFormation, and signed calls to a stub that checks every signature itself. */
class ConfigureTest {

    private static final AccessKey KEY = new AccessKey("AKIDCONFIGURETEST", "a secret for tests only");
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([^,]+), Signature=(\\w+)");

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> answer = new AtomicReference<>("");
    private final AtomicReference<Integer> status = new AtomicReference<>(200);
    private final HttpServer[] stub = new HttpServer[1];
    private final Map<String, Optional<String>> before = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        stub[0] = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stub[0].createContext("/", this::answer);
        stub[0].start();
        credentials(KEY.id(), KEY.secret());
        set("aws.sharedCredentialsFile", folder.resolve("none").toString());
        set("aws.configFile", folder.resolve("none").toString());
        set(SdkSystemSetting.AWS_EC2_METADATA_DISABLED.property(), "true");
    }

    @AfterEach
    void stop() {
        stub[0].stop(0);
        before.forEach((name, value) ->
                value.ifPresentOrElse(text -> System.setProperty(name, text), () -> System.clearProperty(name)));
    }

    private void credentials(String id, String secret) {
        set(SdkSystemSetting.AWS_ACCESS_KEY_ID.property(), id);
        set(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property(), secret);
    }

    private void set(String name, String value) {
        before.putIfAbsent(name, Optional.ofNullable(System.getProperty(name)));
        if (value.isEmpty()) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, value);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + stub[0].getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestURI().toString();
            String service = signedFor(exchange, body);
            seen.add(exchange.getRequestMethod() + " " + target + " " + service + " "
                    + new String(body, StandardCharsets.UTF_8));
            boolean cloudFormation = target.equals("/");
            byte[] bytes = (cloudFormation ? answer.get() : "{\"models\":[]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(cloudFormation ? status.get() : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** For which service and region a request is signed with {@link #KEY}; what else it says where the signature is wrong. */
    private static String signedFor(HttpExchange exchange, byte[] body) {
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        Matcher matcher = AUTHORIZATION.matcher(authorization);
        if (!matcher.matches()) {
            return authorization;
        }
        TreeMap<String, String> headers = new TreeMap<>();
        for (String name : matcher.group(5).split(";", -1)) {
            headers.put(
                    name,
                    String.valueOf(exchange.getRequestHeaders().getFirst(name)).strip());
        }
        List<Map.Entry<String, String>> query = new ArrayList<>();
        String raw = exchange.getRequestURI().getQuery();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                query.add(Map.entry(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1)));
            }
        }
        Signer signer = new Signer(KEY, matcher.group(2), matcher.group(3), matcher.group(4));
        // The path as it stands in the request line is encoded again: only S3 signs it as it stands.
        CanonicalRequest request = new CanonicalRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query,
                headers,
                Hashing.sha256(body).hex());
        String signature =
                signer.sign(request, String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Date")));
        return signature.equals(matcher.group(6)) && matcher.group(1).equals(KEY.id())
                ? matcher.group(4) + "/" + matcher.group(3)
                : "wrong signature";
    }

    private int hallmark(Map<String, String> environment, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Surroundings around = new Surroundings(
                environment,
                folder,
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                InstantSource.system(),
                new Random(1),
                duration -> {},
                new AwsCloud(Map.of("AWS_ENDPOINT_URL", url())));
        return new Cli(around, List.of()).run(arguments);
    }

    private int configure(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("configure", "--stack", "models prod", "--region", "eu-west-1"));
        arguments.addAll(List.of(more));
        return hallmark(Map.of(), arguments.toArray(String[]::new));
    }

    private String stack(String status, String... outputs) {
        StringBuilder xml = new StringBuilder(
                "<DescribeStacksResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\">"
                        + "<DescribeStacksResult><Stacks><member><StackStatus>" + status + "</StackStatus><Outputs>");
        for (String output : outputs) {
            int equals = output.indexOf('=');
            xml.append("<member><OutputKey>")
                    .append(output, 0, equals)
                    .append("</OutputKey><OutputValue>")
                    .append(output.substring(equals + 1))
                    .append("</OutputValue></member>");
        }
        return xml + "</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>";
    }

    private String whole() {
        return stack(
                "UPDATE_COMPLETE",
                "ApiUrl=" + url() + "/",
                "ArtifactBucket=models",
                "Region=eu-west-1",
                "EventBus=hallmark",
                "Environment=prod");
    }

    @Test
    void afterItEveryCommandIsSignedForTheApiOfTheStack() throws IOException {
        answer.set(whole());

        assertThat(configure()).as("%s", err).isZero();
        assertThat(seen)
                .containsExactly("POST / cloudformation/eu-west-1"
                        + " Action=DescribeStacks&Version=2010-05-15&StackName=models+prod");
        Path file = folder.resolve(".hallmark/credentials.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file))
                .contains("\"auth\"", "\"models prod\"")
                .doesNotContain(KEY.secret());

        seen.clear();
        assertThat(hallmark(Map.of(), "models")).as("%s", err).isZero();
        assertThat(hallmark(Map.of(), "status", "a/b")).isZero();
        assertThat(hallmark(Map.of(), "target", "eu", "--profile", "mobile"))
                .as("%s", err)
                .isZero();
        assertThat(seen)
                .allSatisfy(request -> assertThat(request).contains(" execute-api/eu-west-1 "))
                .anySatisfy(request -> assertThat(request).startsWith("GET /v1/models?limit=100 "))
                .anySatisfy(request -> assertThat(request).startsWith("GET /v1/models/a%2Fb"))
                .anySatisfy(request ->
                        assertThat(request).startsWith("POST /v1/targets ").contains("mobile"));
    }

    @Test
    void aTokenIsSentAsItStands() {
        answer.set(whole());
        assertThat(configure("--auth", "token")).as("%s", err).isZero();
        seen.clear();

        assertThat(hallmark(Map.of("HALLMARK_TOKEN", "jwt"), "models")).isZero();
        assertThat(seen).containsExactly("GET /v1/models?limit=100 Bearer jwt ");
        assertThat(hallmark(Map.of(), "models")).isEqualTo(6);
        assertThat(err.toString()).contains("no token: give --token or set HALLMARK_TOKEN");
        assertThat(configure()).isZero();
        seen.clear();
        assertThat(hallmark(Map.of("HALLMARK_TOKEN", "jwt"), "models")).isZero();
        assertThat(seen)
                .as("a token that is given goes before")
                .containsExactly("GET /v1/models?limit=100 Bearer jwt ");
    }

    @Test
    void signaturesAreNotMadeForAnotherAddress() {
        answer.set(whole());
        assertThat(configure()).isZero();
        seen.clear();
        assertThat(hallmark(Map.of(), "models", "--url", "http://127.0.0.1:1")).isEqualTo(6);
        assertThat(seen).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidInOneSentence() throws IOException {
        status.set(400);
        answer.set(
                "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id models prod"
                        + " does not exist</Message></Error></ErrorResponse>");
        refused(3, "there is no stack models prod in eu-west-1");
        status.set(403);
        answer.set("<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>");
        refused(6, "AWS does not allow this: AccessDenied");
        status.set(200);
        answer.set(stack("CREATE_IN_PROGRESS"));
        refused(4, "the stack models prod is still being created (CREATE_IN_PROGRESS)");
        answer.set(stack("ROLLBACK_COMPLETE"));
        refused(4, "the stack models prod is no registry: it is ROLLBACK_COMPLETE");
        answer.set(stack("CREATE_COMPLETE", "ApiUrl=" + url(), "Region=eu-west-1", "Environment=dev"));
        refused(2, "the stack models prod has no output ArtifactBucket, EventBus");
        answer.set("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>");
        refused(5, "what answers is no CloudFormation");
        credentials("", "");
        refused(6, "no AWS credentials");
        Files.createDirectories(folder.resolve(".hallmark"));
        Files.createFile(folder.resolve(".hallmark/registry.db"));
        refused(4, "a registry of this machine lives in");
    }

    private void refused(int exit, String sentence) {
        assertThat(configure()).as("%s", err).isEqualTo(exit);
        assertThat(err.toString()).contains(sentence).hasLineCount(1);
        assertThat(folder.resolve(".hallmark/credentials.json")).doesNotExist();
    }
}
