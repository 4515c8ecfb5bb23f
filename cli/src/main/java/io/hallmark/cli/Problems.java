package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.net.http.HttpResponse;

/** Problem documents (RFC 9457) as sentences. */
final class Problems {

    private Problems() {}

    /** The code of a problem; empty if the answer is none. */
    static String code(HttpResponse<String> answer) {
        try {
            return JsonValue.parse(answer.body()).at("code").textOr("");
        } catch (IllegalArgumentException other) {
            return "";
        }
    }

    static String sentence(HttpResponse<String> answer) {
        JsonValue problem;
        try {
            problem = JsonValue.parse(answer.body());
        } catch (IllegalArgumentException other) {
            return "the registry answered " + answer.statusCode();
        }
        StringBuilder sentence = new StringBuilder(problem.at("detail")
                .text()
                .orElse(problem.at("title").textOr("the registry answered " + answer.statusCode())));
        problem.at("code")
                .text()
                .ifPresent(code -> sentence.append(" (").append(code).append(')'));
        int told = 0;
        for (JsonValue error : problem.at("errors").items()) {
            if (told++ > 0) {
                sentence.append("\n  ")
                        .append(error.at("pointer").textOr(""))
                        .append(": ")
                        .append(error.at("reason").textOr(error.at("code").textOr("")));
            }
        }
        problem.at("links", "other")
                .text()
                .ifPresent(other -> sentence.append("\n  see ").append(other));
        return sentence.toString();
    }
}
