package io.hallmark.client;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** How requests say who sends them. */
@FunctionalInterface
public interface Authorization {

    /**
     * The headers to send with a request.
     *
     * @param contentType of the body; empty if there is none
     * @throws IOException if what it takes cannot be had at the moment
     */
    Map<String, String> headers(String method, URI address, String contentType, byte[] body) throws IOException;

    /** A token that is the same for all requests. */
    static Authorization bearer(String token) {
        Map<String, String> headers = Map.of("Authorization", "Bearer " + token);
        return (method, address, contentType, body) -> headers;
    }
}
