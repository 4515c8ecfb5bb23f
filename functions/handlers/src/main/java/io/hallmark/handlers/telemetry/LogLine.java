package io.hallmark.handlers.telemetry;

import java.util.regex.Pattern;

/**
 * One line of JSON for a log. Names and texts are capped at {@value #TEXT_MAX} characters; control, format (bidirectional
 * ones too) and surrogate characters are escaped, so that no text can end the line or turn it around; what looks like a
 * secret is left out.
 */
public final class LogLine {

    /** The longest text, in characters. */
    public static final int TEXT_MAX = 512;

    /** The queries of presigned addresses, bearer tokens, and the tokens of tasks. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\\s\"']*|(bearer )[^\\s\"']+|(AQ[A-Za-z0-9+/=_-]{100,})");

    private static final String REMOVED = "[removed]";

    private final StringBuilder out = new StringBuilder("{");

    /** Adds a text. */
    public LogLine with(String name, String value) {
        name(name);
        text(without(value));
        return this;
    }

    /** Adds a number; what is not finite is a text. */
    public LogLine with(String name, double value) {
        name(name);
        number(value);
        return this;
    }

    /** Adds a value that is JSON already. */
    LogLine withJson(String name, String json) {
        name(name);
        out.append(json);
        return this;
    }

    private static String without(String value) {
        // A secret may begin before the cap and end after it, so it is looked for first, in no more than can matter.
        String near = value.length() > 8 * TEXT_MAX ? value.substring(0, 8 * TEXT_MAX) : value;
        return SECRET.matcher(near).replaceAll(found -> {
            String kept = found.group(1) != null ? found.group(1) : found.group(2) != null ? found.group(2) : "";
            return java.util.regex.Matcher.quoteReplacement(kept + REMOVED);
        });
    }

    private void name(String name) {
        if (out.length() > 1) {
            out.append(',');
        }
        text(name);
        out.append(':');
    }

    private void number(double value) {
        if (!Double.isFinite(value)) {
            text(Double.toString(value));
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            out.append((long) value);
        } else {
            out.append(value);
        }
    }

    private void text(String value) {
        quote(value, out);
    }

    /** A text as JSON, capped and escaped. */
    static String quoted(String value) {
        StringBuilder out = new StringBuilder();
        quote(value, out);
        return out.toString();
    }

    private static void quote(String value, StringBuilder out) {
        out.append('"');
        int end = Math.min(value.length(), TEXT_MAX);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (plain(c)) {
                out.append(c);
            } else {
                out.append("\\u")
                        .append(Character.forDigit(c >> 12, 16))
                        .append(Character.forDigit((c >> 8) & 15, 16))
                        .append(Character.forDigit((c >> 4) & 15, 16))
                        .append(Character.forDigit(c & 15, 16));
            }
        }
        out.append('"');
    }

    private static boolean plain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** The whole line, without its end. */
    @Override
    public String toString() {
        return out + "}";
    }
}
