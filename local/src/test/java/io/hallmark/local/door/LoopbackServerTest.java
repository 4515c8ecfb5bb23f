package io.hallmark.local.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopbackServerTest {

    private LoopbackServer server;

    /** Answers with the length of the body; fails on request. */
    private static final class Counting implements Door {
        @Override
        public void handle(HttpExchange exchange) throws IOException {
            if (exchange.getRequestURI().getPath().equals("/fail")) {
                throw new IllegalStateException("planted");
            }
            long length = exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
            send(exchange, 200, "read " + length);
        }

        @Override
        public void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
            send(exchange, refusal.status(), refusal.name());
        }

        private static void send(HttpExchange exchange, int status, String text) throws IOException {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @BeforeEach
    void startServer() throws IOException {
        server = LoopbackServer.start(new LoopbackServer.Settings("test-door", 0, 4, 4096, 1000), new Counting());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void anAnswerDoesNotWaitForTheDelayedAcknowledgement() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(server.address()).build();
        client.send(request, HttpResponse.BodyHandlers.ofString());
        long start = System.nanoTime();
        int requests = 25;
        for (int i = 0; i < requests; i++) {
            client.send(request, HttpResponse.BodyHandlers.ofString());
        }
        Duration each = Duration.ofNanos((System.nanoTime() - start) / requests);
        assertThat(each).as("time per request on one connection").isLessThan(Duration.ofMillis(25));
    }

    @Test
    void aHostThatIsNotThisMachineIsMisdirected() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")).startsWith("HTTP/1.1 421");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 421");
        for (String host : new String[] {"localhost", "127.0.0.1:80", "[::1]:9", "bucket.localhost:80"}) {
            assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                    .as(host)
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void bodiesBeyondTheCapAreRefusedWithAndWithoutADeclaredLength() throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: localhost\r\n";
        assertThat(raw(head + "Content-Length: 1001\r\n\r\n" + "x".repeat(1001)))
                .startsWith("HTTP/1.1 413");
        assertThat(raw(head + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + "x".repeat(1001) + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(raw(head + "Content-Length: 1000\r\n\r\n" + "x".repeat(1000)))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void headersBeyondTheCapAreRefused() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(4096) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
    }

    @Test
    void aDoorThatFailsStillAnswersAndTellsNothing() throws IOException {
        assertThat(raw("GET /fail HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 500")
                .doesNotContain("planted");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void onlyLoopbackIsBound() throws IOException {
        for (var network : java.util.Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : java.util.Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThat(reachable(address)).as(address.toString()).isFalse();
                }
            }
        }
        assertThat(server.address()).isEqualTo(URI.create("http://127.0.0.1:" + server.port()));
    }

    private boolean reachable(InetAddress address) {
        try (Socket socket = new Socket(address, server.port())) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return String.join(
                    "\n",
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                            .lines()
                            .toList());
        }
    }
}
