package io.hallmark.handlers.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path with variables, such as {@code /v1/models/{model}}; {@code {path...}} at the end takes all that is left. */
record PathTemplate(List<String> parts) {

    private static final String REST = "...}";

    PathTemplate {
        parts = List.copyOf(parts);
    }

    static PathTemplate parse(String template) {
        return new PathTemplate(List.of(template.substring(1).split("/", -1)));
    }

    /** The raw segments of a path, or empty if it has no form that a route could have. */
    static Optional<List<String>> segments(String rawPath) {
        return rawPath.startsWith("/")
                ? Optional.of(List.of(rawPath.substring(1).split("/", -1)))
                : Optional.empty();
    }

    /** The variables by name if these decoded segments fit. A literal part wins over a variable: see {@link Router}. */
    Optional<Map<String, String>> match(List<String> segments) {
        boolean rest = parts.get(parts.size() - 1).endsWith(REST);
        if (rest ? segments.size() < parts.size() : segments.size() != parts.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (part.endsWith(REST)) {
                variables.put(
                        part.substring(1, part.length() - REST.length()),
                        String.join("/", new ArrayList<>(segments.subList(i, segments.size()))));
                return segments.subList(i, segments.size()).contains("") ? Optional.empty() : Optional.of(variables);
            }
            if (part.startsWith("{")) {
                variables.put(part.substring(1, part.length() - 1), segments.get(i));
            } else if (!part.equals(segments.get(i))) {
                return Optional.empty();
            }
            if (segments.get(i).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    /** How many parts are literal: of two templates that fit, the one with more says more. */
    int literals() {
        return (int) parts.stream().filter(part -> !part.startsWith("{")).count();
    }
}
