package io.hallmark.local.door;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server that only this machine can reach. It holds what every door needs: a bounded pool of threads, an
 * allow-list for the Host header, caps on headers and body, and an answer when the door fails. The queue before the
 * pool is bounded by the number of connections, of which each has one request at a time.
 */
public final class LoopbackServer implements AutoCloseable {

    static {
        ServerProperties.apply();
    }

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
    private static final int BACKLOG = 256;
    private static final int DRAIN_SECONDS = 2;
    private static final int IDLE_THREAD_SECONDS = 30;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Settings settings;
    private final Door door;

    private LoopbackServer(HttpServer server, ThreadPoolExecutor threads, Settings settings, Door door) {
        this.server = server;
        this.threads = threads;
        this.settings = settings;
        this.door = door;
    }

    /**
     * How a server is set up.
     *
     * @param name of its threads
     * @param port 0 for any free one
     * @param threads how many requests are answered at once; a long poll holds one
     * @param headerBytesMax of request line and headers together; more is 431
     * @param bodyBytesMax of one request body as it comes over the wire; more is 413
     */
    public record Settings(String name, int port, int threads, int headerBytesMax, long bodyBytesMax) {}

    /** Binds the loopback address and starts to answer. Throws when the port is taken. */
    public static LoopbackServer start(Settings settings, Door door) throws IOException {
        InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        HttpServer http = HttpServer.create(new InetSocketAddress(loopback, settings.port()), BACKLOG);
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                settings.threads(),
                settings.threads(),
                IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, settings.name() + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        LoopbackServer server = new LoopbackServer(http, pool, settings, door);
        http.setExecutor(pool);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** {@code http://127.0.0.1:port}, without a slash at the end. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Lets running requests finish for two seconds, then closes every connection. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("{} closes with requests still running", settings.name());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            if (!HostRule.allows(exchange.getRequestHeaders().getFirst("Host"))) {
                door.refuse(exchange, Door.Refusal.HOST_NOT_ALLOWED);
            } else if (headerBytes(exchange) > settings.headerBytesMax()) {
                door.refuse(exchange, Door.Refusal.HEADERS_TOO_LARGE);
            } else if (declaredBytes(exchange) > settings.bodyBytesMax()) {
                door.refuse(exchange, Door.Refusal.BODY_TOO_LARGE);
            } else {
                handle(exchange);
            }
        } catch (IOException clientWentAway) {
            LOG.debug("{} lost a client: {}", settings.name(), clientWentAway.getMessage());
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        exchange.setStreams(new CappedStream(exchange.getRequestBody(), settings.bodyBytesMax()), null);
        try {
            door.handle(exchange);
        } catch (CappedStream.TooLong tooLong) {
            refuse(exchange, Door.Refusal.BODY_TOO_LARGE, tooLong);
        } catch (RuntimeException | Error failure) {
            LOG.error("{} failed at {}", settings.name(), exchange.getRequestMethod(), failure);
            refuse(exchange, Door.Refusal.FAILED, failure);
        }
    }

    private void refuse(HttpExchange exchange, Door.Refusal refusal, Throwable cause) throws IOException {
        if (exchange.getResponseCode() != -1) {
            throw new IOException("the answer had begun already", cause);
        }
        door.refuse(exchange, refusal);
    }

    private static long declaredBytes(HttpExchange exchange) {
        String declared = exchange.getRequestHeaders().getFirst("Content-Length");
        try {
            return declared == null ? 0 : Long.parseLong(declared.strip());
        } catch (NumberFormatException unreadable) {
            throw new UncheckedIOException(new IOException("the server let through Content-Length " + declared));
        }
    }

    private static long headerBytes(HttpExchange exchange) {
        long bytes = exchange.getRequestURI().toString().length();
        for (var header : exchange.getRequestHeaders().entrySet()) {
            for (String value : header.getValue()) {
                bytes += header.getKey().length() + value.length() + ": \r\n".length();
            }
        }
        return bytes;
    }
}
