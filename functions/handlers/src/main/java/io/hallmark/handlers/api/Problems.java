package io.hallmark.handlers.api;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Failures as problem documents (RFC 9457): the one table that turns kinds of failure into statuses. */
final class Problems {

    static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPE_BASE = "urn:hallmark:problem:";

    private Problems() {}

    /** The answer to a failure that the registry names. */
    static ApiResponse of(RegistryFailure failure, ApiRequest request) {
        return failure.match(new Statuses(request));
    }

    static ApiResponse of(HttpRefusal refusal, ApiRequest request) {
        ApiResponse answer = problem(refusal.status(), refusal.code(), refusal.sentence(), Json.object(), request);
        for (var header : refusal.headers().entrySet()) {
            answer = answer.header(header.getKey(), header.getValue());
        }
        return answer;
    }

    /** The answer when something happened that nobody foresaw. Says nothing of the inside; the log has the request id. */
    static ApiResponse unexpected(ApiRequest request) {
        String sentence = "the registry failed on this request; its log tells more under " + request.requestId();
        return problem(500, "INTERNAL", sentence, Json.object(), request);
    }

    private static ApiResponse problem(int status, String code, String detail, Json.Obj more, ApiRequest request) {
        Map<String, Json> fields = new LinkedHashMap<>();
        fields.put("type", Json.of(TYPE_BASE + code.toLowerCase(Locale.ROOT).replace('_', '-')));
        fields.put("title", Json.of(title(status)));
        fields.put("status", Json.of(status));
        fields.put("detail", Json.of(detail));
        fields.put("instance", Json.of(request.path()));
        fields.put("code", Json.of(code));
        fields.put("requestId", Json.of(request.requestId()));
        more.fields().forEach(fields::putIfAbsent);
        return new ApiResponse(status, Map.of("content-type", MEDIA_TYPE), Optional.of(new Json.Obj(fields)));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 401 -> "Authentication required";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 406 -> "Not acceptable";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 412 -> "Precondition failed";
            case 413 -> "Too large";
            case 415 -> "Unsupported media type";
            case 422 -> "Not valid";
            case 503 -> "Unavailable";
            default -> "Failure";
        };
    }

    private static Json.Obj errors(List<Violation> violations) {
        List<Json.Obj> items = violations.stream().map(Violation::json).toList();
        return Json.object().with("errors", Json.array(items));
    }

    private record Statuses(ApiRequest request) implements RegistryFailure.Cases<ApiResponse> {

        @Override
        public ApiResponse malformed(RegistryFailure.Malformed failure) {
            return plain(400, failure);
        }

        @Override
        public ApiResponse invalid(RegistryFailure.Invalid failure) {
            return problem(422, failure.code(), sentence(failure), errors(failure.violations()), request);
        }

        @Override
        public ApiResponse notFound(RegistryFailure.NotFound failure) {
            return plain(404, failure);
        }

        @Override
        public ApiResponse conflict(RegistryFailure.Conflict failure) {
            ApiResponse answer = problem(409, failure.code(), sentence(failure), failure.found(), request);
            return failure.found()
                    .findInteger("retryAfterSeconds")
                    .map(seconds -> answer.header("retry-after", Long.toString(seconds)))
                    .orElse(answer);
        }

        @Override
        public ApiResponse stale(RegistryFailure.Stale failure) {
            return plain(412, failure);
        }

        @Override
        public ApiResponse notAllowed(RegistryFailure.NotAllowed failure) {
            return plain(403, failure);
        }

        @Override
        public ApiResponse gone(RegistryFailure.Gone failure) {
            return plain(410, failure);
        }

        @Override
        public ApiResponse tooLarge(RegistryFailure.TooLarge failure) {
            return plain(413, failure);
        }

        @Override
        public ApiResponse unavailable(RegistryFailure.Unavailable failure) {
            long seconds = Math.max(1, failure.retryAfter().toSeconds());
            return plain(503, failure).header("retry-after", Long.toString(seconds));
        }

        private ApiResponse plain(int status, RegistryFailure failure) {
            return problem(status, failure.code(), sentence(failure), Json.object(), request);
        }

        private static String sentence(RegistryFailure failure) {
            return String.valueOf(failure.getMessage());
        }
    }
}
