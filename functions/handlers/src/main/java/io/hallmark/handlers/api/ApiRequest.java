package io.hallmark.handlers.api;

import io.hallmark.core.model.Actor;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request, as every door hands it over.
 *
 * @param path the raw path, still percent-encoded, without the query
 * @param query decoded query parameters; a parameter given twice was refused at the door
 * @param headers names in lower case
 * @param body the bytes, empty if there was no body
 * @param actor who the door has authenticated
 */
public record ApiRequest(
        String requestId,
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        Body body,
        Actor actor) {

    public ApiRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** The bytes of a body. */
    public static final class Body {
        private final byte[] bytes;

        public Body(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        public byte[] bytes() {
            return bytes.clone();
        }

        public boolean isEmpty() {
            return bytes.length == 0;
        }
    }
}
