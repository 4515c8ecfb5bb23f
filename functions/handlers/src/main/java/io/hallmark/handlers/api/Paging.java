package io.hallmark.handlers.api;

import io.hallmark.core.failure.RegistryFailure;
import java.util.Optional;

/**
 * Which part of a list a caller asks for.
 *
 * @param limit at most this many items
 * @param page the token that the page before gave, empty for the first
 */
public record Paging(int limit, Optional<String> page) {

    public static final int LIMIT_MAX = 100;
    public static final int LIMIT_DEFAULT = 50;
    private static final int TOKEN_LENGTH_MAX = 4096;

    /**
     * The query parameters {@code limit} (1 to 100, 50 if absent) and {@code page}.
     *
     * @throws RegistryFailure.Malformed {@code LIMIT} or {@code PAGE_TOKEN}
     */
    public static Paging of(ApiRequest request) {
        int limit = (int) number(request, "limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        Optional<String> page = request.parameter("page");
        if (page.filter(token -> token.isEmpty() || token.length() > TOKEN_LENGTH_MAX)
                .isPresent()) {
            throw new RegistryFailure.Malformed("PAGE_TOKEN", "this page token was not given by the registry");
        }
        return new Paging(limit, page);
    }

    /** A whole number among the query parameters, refused with the code {@code LIMIT} outside its range. */
    public static long number(ApiRequest request, String name, long otherwise, long min, long max) {
        Optional<String> text = request.parameter(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        boolean digits = text.get().matches("\\d{1,15}");
        long value = digits ? Long.parseLong(text.get()) : -1;
        if (!digits || value < min || value > max) {
            throw new RegistryFailure.Malformed("LIMIT", name + " has to be a number from " + min + " to " + max);
        }
        return value;
    }
}
