package io.hallmark.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.hallmark.local.place.Embedded;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way into a stack, with a registry of this machine behind it: what is asked of CloudFormation, and what follows. */
class StackPlaceTest {

    private static final String KEY = "aws.accessKeyId";
    private static final String SECRET = "aws.secretAccessKey";
    private static final String REGION = "aws.region";

    @TempDir
    Path folder;

    @AfterEach
    void forgetCredentials() {
        System.clearProperty(KEY);
        System.clearProperty(SECRET);
        System.clearProperty(REGION);
    }

    @Test
    void theStoryPlaysInTheStackThatTheOutputsDescribe() throws Exception {
        try (Embedded registry = Embedded.start(
                new Embedded.Settings(folder.resolve("registry"), 0, 0, InstantSource.system(), new SecureRandom()))) {
            System.setProperty(KEY, registry.accessKey().id());
            System.setProperty(SECRET, registry.accessKey().secret());
            System.setProperty(REGION, Embedded.REGION);
            HttpServer stacks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] answer = outputs(Map.of(
                            "ApiUrl",
                            registry.api().toString(),
                            "ArtifactBucket",
                            Embedded.ARTIFACT_BUCKET,
                            "Region",
                            Embedded.REGION,
                            "EventBus",
                            "hallmark-dev",
                            "Environment",
                            "hallmark-dev"))
                    .getBytes(UTF_8);
            stacks.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            stacks.start();
            Map<String, String> environment = Map.of(
                    "AWS_ENDPOINT_URL_CLOUDFORMATION",
                    "http://127.0.0.1:" + stacks.getAddress().getPort(),
                    "AWS_ENDPOINT_URL_S3",
                    registry.s3().toString(),
                    "HALLMARK_TOKEN",
                    registry.token());
            try (Place place = StackPlace.configured("hallmark-dev", "token", folder.resolve("cli"), environment)) {
                Story.playAt(place, folder);
            } finally {
                stacks.stop(0);
            }
        }
    }

    private static String outputs(Map<String, String> outputs) {
        StringBuilder members = new StringBuilder();
        outputs.forEach((name, value) -> members.append("<member><OutputKey>")
                .append(name)
                .append("</OutputKey><OutputValue>")
                .append(value)
                .append("</OutputValue></member>"));
        return "<DescribeStacksResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\">"
                + "<DescribeStacksResult><Stacks><member><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>" + members
                + "</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>";
    }
}
