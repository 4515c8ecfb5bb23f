package io.hallmark.aws;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A moto_server of our own: started from the PATH, on loopback, ended by its handle when this JVM ends. */
final class Moto implements AwsEndpoint.Running {

    private static final String COMMAND = "moto_server";
    private static final int START_TRIES = 400;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final String program;
    private final int port;
    private Process process;

    private Moto(String program) {
        this.program = program;
        this.port = freePort();
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end " + COMMAND));
    }

    /** Starts one, if the machine has it. */
    static Optional<AwsEndpoint.Running> start() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, COMMAND))
                .filter(Files::isExecutable)
                .findFirst()
                .map(file -> new Moto(file.toString()));
    }

    /** Whether the server at this address is a moto. */
    static boolean answersAt(URI uri) {
        try {
            return HTTP.send(request(uri, "/moto-api/data.json").build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException nobodyThere) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public AwsEndpoint.Peer peer() {
        return AwsEndpoint.Peer.MOTO;
    }

    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void reset() {
        post("/moto-api/reset", "");
        post("/moto-api/config", "{\"stepfunctions\":{\"execute_state_machine\":true}}");
    }

    synchronized void restart() {
        end();
        process = launch();
        reset();
    }

    private Process launch() {
        try {
            Process started = new ProcessBuilder(program, "-H", "127.0.0.1", "-p", String.valueOf(port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            for (int i = 0; i < START_TRIES && started.isAlive(); i++) {
                if (answersAt(uri())) {
                    return started;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
            started.destroyForcibly();
            throw new IllegalStateException(COMMAND + " did not answer at " + uri());
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private synchronized void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void post(String path, String body) {
        try {
            HttpRequest request = request(uri(), path)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            int status =
                    HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw new IllegalStateException(COMMAND + " answered " + status + " to " + path);
            }
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static HttpRequest.Builder request(URI endpoint, String path) {
        return HttpRequest.newBuilder(endpoint.resolve(path)).timeout(Duration.ofSeconds(10));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }
}
