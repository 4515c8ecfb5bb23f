package io.hallmark.handlers.api;

import io.hallmark.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One HTTP answer: a status, headers, and a JSON body or none. */
public record ApiResponse(int status, Map<String, String> headers, Optional<Json> body) {

    public ApiResponse {
        headers = Map.copyOf(headers);
    }

    public static ApiResponse ok(Json body) {
        return new ApiResponse(200, Map.of(), Optional.of(body));
    }

    public static ApiResponse of(int status, Json body) {
        return new ApiResponse(status, Map.of(), Optional.of(body));
    }

    public static ApiResponse empty(int status) {
        return new ApiResponse(status, Map.of(), Optional.empty());
    }

    public ApiResponse header(String name, String value) {
        Map<String, String> copy = new LinkedHashMap<>(headers);
        copy.put(name, value);
        return new ApiResponse(status, copy, body);
    }
}
