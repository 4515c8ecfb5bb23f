package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is wrong with a policy file, as compilers say it: {@code file:line:column: severity CODE sentence}. */
final class Lint {

    private static final String ERROR = "ERROR";

    private Lint() {}

    /** Whether the policy can be used. */
    static boolean passes(JsonValue answer) {
        return answer.at("valid").flag().orElse(false) && errors(answer) == 0;
    }

    static List<String> findings(String file, JsonValue answer) {
        List<String> lines = new ArrayList<>();
        answer.at("errors").items().forEach(error -> lines.add(line(file, ERROR, error)));
        answer.at("findings")
                .items()
                .forEach(finding -> lines.add(line(file, finding.at("severity").textOr(ERROR), finding)));
        return lines;
    }

    /** What a policy is, or that it is none. */
    static String verdict(JsonValue answer) {
        long errors = errors(answer);
        return passes(answer)
                ? "valid: " + policy(answer) + ", digest " + answer.at("digest").textOr("?")
                : "not valid: " + errors + (errors == 1 ? " error" : " errors");
    }

    /** Name and version. */
    static String policy(JsonValue policy) {
        return policy.at("name").textOr("?") + " version "
                + policy.at("version").textOr("?");
    }

    private static long errors(JsonValue answer) {
        return answer.at("errors").items().size()
                + answer.at("findings").items().stream()
                        .filter(finding -> finding.at("severity").textOr(ERROR).equals(ERROR))
                        .count();
    }

    private static String line(String file, String severity, JsonValue found) {
        String place = found.at("line")
                .integer()
                .map(line -> ":" + line
                        + found.at("column")
                                .integer()
                                .map(column -> ":" + column)
                                .orElse(""))
                .orElse("");
        return file + place + ": " + severity.toLowerCase(Locale.ROOT) + " "
                + found.at("code").textOr("?") + " " + found.at("reason").textOr("");
    }
}
