package io.hallmark.local.kill;

import io.hallmark.cli.Registry;
import io.hallmark.client.Endpoint;
import io.hallmark.client.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A registry in a process of its own, on ports that stay the same from one life to the next. */
final class RegistryProcess {

    private static final String READY = "Hallmark is up";

    private final Path folder;
    private final int apiPort;
    private final int s3Port;

    RegistryProcess(Path folder) throws IOException {
        this.folder = folder;
        this.apiPort = freePort();
        this.s3Port = freePort();
    }

    /** Starts it; when this returns, both doors answer. */
    Process start() throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsun.net.httpserver.nodelay=true",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.hallmark.local.Main",
                        "up",
                        "--dir",
                        folder.toString(),
                        "--port",
                        Integer.toString(apiPort),
                        "--s3-port",
                        Integer.toString(s3Port)))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolveSibling("log").toFile()))
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return process;
            }
        }
        throw new IOException("the registry did not start:\n" + Files.readString(folder.resolveSibling("log")));
    }

    Endpoint endpoint() throws IOException {
        return new Endpoint(
                URI.create("http://127.0.0.1:" + apiPort),
                credentials().at("token").textOr(""));
    }

    Registry registry() throws IOException {
        return new Registry(endpoint());
    }

    /** A client that says at once when something was not stored. */
    S3Client s3() throws IOException {
        JsonValue s3 = credentials().at("s3");
        return S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + s3Port))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .overrideConfiguration(settings -> settings.retryStrategy(RetryMode.STANDARD))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        s3.at("accessKeyId").textOr(""),
                        s3.at("secretAccessKey").textOr(""))))
                .build();
    }

    private JsonValue credentials() throws IOException {
        return JsonValue.parse(Files.readString(folder.resolve("credentials.json")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
