package io.hallmark.aws;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rows of a rehearsal: what a transaction has put is found by its key, as the text in which it came. Conditions hold,
 * nothing is deleted, and queries find nothing.
 */
final class RehearsalRows {

    private static final String NOTHING = "{}";
    private static final String NOTHING_FOUND = "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}";

    private final Map<String, String> rows = new ConcurrentHashMap<>();

    /** What DynamoDB would answer (API reference, "GetItem", "Query", "TransactWriteItems"). */
    String answer(String operation, String request) {
        return switch (operation) {
            case "GetItem" ->
                object(request, "\"Key\":", 0)
                        .flatMap(key -> Optional.ofNullable(rows.get(name(key))))
                        .map(row -> "{\"Item\":" + row + "}")
                        .orElse(NOTHING);
            case "Query" -> NOTHING_FOUND;
            default -> {
                keep(request);
                yield NOTHING;
            }
        };
    }

    private void keep(String request) {
        Optional<String> row = object(request, "\"Item\":", 0);
        int from = 0;
        while (row.isPresent()) {
            rows.put(name(row.get()), row.get());
            from = request.indexOf(row.get(), from) + row.get().length();
            row = object(request, "\"Item\":", from);
        }
    }

    private static String name(String row) {
        return text(row, "\"pk\":{\"S\":\"") + " " + text(row, "\"sk\":{\"S\":\"");
    }

    /** The text behind a field's name; keys of this registry have no quotes in them. */
    private static String text(String row, String field) {
        int from = row.indexOf(field);
        return from < 0 ? "" : row.substring(from + field.length(), row.indexOf('"', from + field.length()));
    }

    /** The object behind a field's name, to its closing brace. */
    private static Optional<String> object(String text, String field, int from) {
        int start = text.indexOf(field, from);
        if (start < 0) {
            return Optional.empty();
        }
        int depth = 0;
        boolean quoted = false;
        for (int at = start + field.length(); at < text.length(); at++) {
            char letter = text.charAt(at);
            if (quoted && letter == '\\') {
                at++;
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (!quoted && letter == '{') {
                depth++;
            } else if (!quoted && letter == '}' && --depth == 0) {
                return Optional.of(text.substring(start + field.length(), at + 1));
            }
        }
        return Optional.empty();
    }
}
