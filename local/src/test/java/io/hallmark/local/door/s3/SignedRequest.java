package io.hallmark.local.door.s3;

import io.hallmark.local.sigv4.CanonicalRequest;
import io.hallmark.local.sigv4.Presigner;
import io.hallmark.local.sigv4.Signer;
import io.hallmark.local.sigv4.UriText;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A request written by hand, byte by byte, so that it can be wrong in exactly one way. */
final class SignedRequest {

    private final RunningDoor door;
    private final String method;
    private final String path;
    private final List<Map.Entry<String, String>> query = new ArrayList<>();
    private final SortedMap<String, String> headers = new TreeMap<>();
    private final String time;
    private final Signer signer;
    private final List<UnaryOperator<String>> spoilers = new ArrayList<>();

    SignedRequest(RunningDoor door, Instant at, String method, String path) {
        this.door = door;
        this.method = method;
        this.path = path;
        this.time = Presigner.TIME.format(at);
        this.signer = new Signer(RunningDoor.KEY, time.substring(0, 8), "eu-central-1");
        headers.put("host", "127.0.0.1:" + door.port());
        headers.put("x-amz-date", time);
        headers.put("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    }

    SignedRequest query(String name, String value) {
        query.add(Map.entry(name, value));
        return this;
    }

    SignedRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Changes the text of the request after it was signed. */
    SignedRequest spoiled(String from, String to) {
        spoilers.add(text -> text.replace(from, to));
        return this;
    }

    String time() {
        return time;
    }

    Signer signer() {
        return signer;
    }

    String signature() {
        return signer.sign(
                new CanonicalRequest(method, path, query, headers, headers.getOrDefault("x-amz-content-sha256", "")),
                time);
    }

    /** Sends it and reads the whole answer; a Content-Length is added unless one is there. */
    String send(String body) throws IOException {
        CanonicalRequest canonical =
                new CanonicalRequest(method, path, query, headers, headers.getOrDefault("x-amz-content-sha256", ""));
        StringBuilder text = new StringBuilder();
        List<String> pairs = query.stream()
                .map(pair -> UriText.encode(pair.getKey()) + "=" + UriText.encode(pair.getValue()))
                .toList();
        text.append(method)
                .append(' ')
                .append(UriText.encodePath(path))
                .append(pairs.isEmpty() ? "" : "?" + String.join("&", pairs))
                .append(" HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        text.append("Authorization: AWS4-HMAC-SHA256 Credential=")
                .append(RunningDoor.KEY.id())
                .append('/')
                .append(signer.scope())
                .append(", SignedHeaders=")
                .append(canonical.signedHeaders())
                .append(", Signature=")
                .append(signature())
                .append("\r\n");
        if (!headers.containsKey("content-length")) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        String request = text + "Connection: close\r\n\r\n" + body;
        for (UnaryOperator<String> spoiler : spoilers) {
            request = spoiler.apply(request);
        }
        return raw(door, request);
    }

    /** Sends bytes as they stand and reads until the door closes. */
    static String raw(RunningDoor door, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
