package io.hallmark.local.door.s3;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param length of the body; for HEAD what GET would send
 */
record Reply(int status, Map<String, String> headers, long length, Content content) {

    static final int OK = 200;
    static final int NO_CONTENT = 204;
    static final int PARTIAL = 206;
    static final int NOT_MODIFIED = 304;

    private static final int BUFFER_BYTES = 256 * 1024;

    /** Where the bytes come from; opened only when the headers can be sent. */
    interface Content {
        InputStream open() throws IOException;
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), 0, InputStream::nullInputStream);
    }

    static Reply xml(Xml document) {
        return xml(OK, document.document());
    }

    static Reply xml(int status, String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        return new Reply(
                status, Map.of("Content-Type", "application/xml"), bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, length, content);
    }

    Reply with(Map<String, String> others) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.putAll(others);
        return new Reply(status, more, length, content);
    }

    /** Sends it; nothing of the body for HEAD. */
    void send(HttpExchange exchange) throws IOException {
        boolean bodiless = status == NO_CONTENT || status == NOT_MODIFIED;
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        if (exchange.getRequestMethod().equals("HEAD") || bodiless || length == 0) {
            if (!bodiless) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
            }
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        try (InputStream in = content.open()) {
            exchange.sendResponseHeaders(status, length);
            copy(in, exchange.getResponseBody());
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, length)];
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
        // Closing waits for the rest of the request; a client that is refused may never send it.
        out.flush();
    }
}
