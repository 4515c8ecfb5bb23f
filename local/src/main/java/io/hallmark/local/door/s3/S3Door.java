package io.hallmark.local.door.s3;

import com.sun.net.httpserver.HttpExchange;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.door.Door;
import io.hallmark.local.door.LoopbackServer;
import io.hallmark.local.sigv4.AccessKey;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers S3 requests, path style and virtual-host style, from the object store of this machine. */
public final class S3Door implements Door {

    /** The account of every bucket. */
    static final String OWNER = "000000000000";

    private static final Logger LOG = LoggerFactory.getLogger(S3Door.class);
    private static final int THREADS = 64;
    private static final int HEADER_BYTES_MAX = 32 * 1024;
    /** Of one request: S3's limit for one part, and the framing of chunks. */
    private static final long BODY_BYTES_MAX = 6L * 1024 * 1024 * 1024;
    /** An error reaches a client that is still sending only if we take what it sends; not for ever. */
    private static final long DRAIN_BYTES_MAX = 32L * 1024 * 1024;

    private static final int DRAIN_BUFFER_BYTES = 64 * 1024;
    private static final int REQUEST_ID_BYTES = 8;

    private final Authenticator authenticator;
    private final Dispatcher dispatcher;
    private final RandomGenerator chance;

    /**
     * A door to a store.
     *
     * @param accessKey that requests must be signed with
     * @param region that buckets say they are in
     * @param chance for request ids
     */
    public S3Door(ObjectStore store, AccessKey accessKey, String region, InstantSource clock, RandomGenerator chance) {
        this.authenticator = new Authenticator(accessKey, clock);
        this.dispatcher = new Dispatcher(store, accessKey.id(), region);
        this.chance = chance;
    }

    /** Opens this door on a port of the loopback address, 0 for any. */
    public LoopbackServer start(int port) throws IOException {
        return LoopbackServer.start(
                new LoopbackServer.Settings("s3-door", port, THREADS, HEADER_BYTES_MAX, BODY_BYTES_MAX), this);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String requestId = requestId();
        identify(exchange, requestId);
        Reply reply;
        try {
            S3Request request = S3Request.of(exchange, requestId);
            Body body = authenticator.check(request);
            reply = dispatcher.answer(Operation.of(request), request, body);
            body.stream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (S3Error error) {
            reply = refusal(exchange, requestId, error);
        } catch (RegistryFailure failure) {
            LOG.error("request {} failed", requestId, failure);
            reply = refusal(
                    exchange,
                    requestId,
                    new S3Error(ErrorCode.SERVICE_UNAVAILABLE, String.valueOf(failure.getMessage())));
        }
        reply.send(exchange);
    }

    private static Reply refusal(HttpExchange exchange, String requestId, S3Error error) throws IOException {
        drain(exchange.getRequestBody());
        LOG.debug("request {} was refused: {} {}", requestId, error.code(), error.getMessage());
        Reply reply = error.code() == ErrorCode.NOT_MODIFIED
                ? Reply.empty(Reply.NOT_MODIFIED)
                : Reply.xml(
                        error.code().status(),
                        error.xml(exchange.getRequestURI().getPath(), requestId));
        return reply.with(error.headers());
    }

    private static void drain(InputStream body) throws IOException {
        byte[] buffer = new byte[DRAIN_BUFFER_BYTES];
        long left = DRAIN_BYTES_MAX;
        for (int read = body.read(buffer); read > 0 && left > 0; read = body.read(buffer)) {
            left -= read;
        }
    }

    @Override
    public void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        String requestId = requestId();
        identify(exchange, requestId);
        ErrorCode code = switch (refusal) {
            case HOST_NOT_ALLOWED -> ErrorCode.MISDIRECTED;
            case HEADERS_TOO_LARGE -> ErrorCode.REQUEST_HEADERS_TOO_LARGE;
            case BODY_TOO_LARGE -> ErrorCode.ENTITY_TOO_LARGE;
            case FAILED -> ErrorCode.INTERNAL_ERROR;
        };
        S3Error error = new S3Error(code, refusal.sentence());
        Reply.xml(code.status(), error.xml("", requestId)).send(exchange);
    }

    private static void identify(HttpExchange exchange, String requestId) {
        exchange.getResponseHeaders().set("x-amz-request-id", requestId);
        exchange.getResponseHeaders().set("x-amz-id-2", requestId);
        exchange.getResponseHeaders().set("Server", "Hallmark");
    }

    private synchronized String requestId() {
        byte[] bytes = new byte[REQUEST_ID_BYTES];
        chance.nextBytes(bytes);
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
