package io.hallmark.handlers.api;

import java.util.Map;

/** A request that HTTP itself forbids, before any service is asked: wrong method, media type or token. */
final class HttpRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String sentence;
    private final transient Map<String, String> headers;

    HttpRefusal(int status, String code, String message, Map<String, String> headers) {
        super(message);
        this.sentence = message;
        this.status = status;
        this.code = code;
        this.headers = Map.copyOf(headers);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String sentence() {
        return sentence;
    }

    Map<String, String> headers() {
        return headers;
    }
}
