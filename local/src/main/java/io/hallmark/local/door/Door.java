package io.hallmark.local.door;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What stands behind a {@link LoopbackServer}: it answers requests, and says no in its own language (XML, JSON). */
public interface Door {

    /** Answers one request on a thread of the server. The server closes the exchange afterwards. */
    void handle(HttpExchange exchange) throws IOException;

    /** Answers a request that the server itself turned away. Only called while nothing was sent yet. */
    void refuse(HttpExchange exchange, Refusal refusal) throws IOException;

    /** Why the server turned a request away. */
    enum Refusal {
        /** The Host header names no loopback host: a page of some other site is talking (DNS rebinding). */
        HOST_NOT_ALLOWED(421, "this server answers to localhost, 127.0.0.1 and [::1] only"),
        HEADERS_TOO_LARGE(431, "the request line and headers are larger than this server takes"),
        BODY_TOO_LARGE(413, "the body is larger than this server takes"),
        /** The door failed; the log has the details. */
        FAILED(500, "the request failed inside the server; its log says why");

        private final int status;
        private final String sentence;

        Refusal(int status, String sentence) {
            this.status = status;
            this.sentence = sentence;
        }

        public int status() {
            return status;
        }

        public String sentence() {
            return sentence;
        }
    }
}
