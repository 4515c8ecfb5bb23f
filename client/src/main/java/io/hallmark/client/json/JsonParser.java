package io.hallmark.client.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A strict reader of JSON text (RFC 8259): no comments, no trailing commas, no name twice, at most 64 levels. */
final class JsonParser {

    private static final int DEPTH_MAX = 64;
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9][0-9]{0,63})(?:\\.[0-9]{1,64})?(?:[eE][+-]?[0-9]{1,3})?");

    private final String text;

    JsonParser(String text) {
        this.text = text;
    }

    JsonValue document() {
        Cursor cursor = new Cursor(text);
        JsonValue value = value(cursor, 0);
        cursor.space();
        if (!cursor.atEnd()) {
            throw cursor.wrong("more after the end of the document");
        }
        return value;
    }

    private static JsonValue value(Cursor cursor, int depth) {
        if (depth > DEPTH_MAX) {
            throw cursor.wrong("more than " + DEPTH_MAX + " levels");
        }
        cursor.space();
        return switch (cursor.peek()) {
            case '{' -> object(cursor, depth);
            case '[' -> array(cursor, depth);
            case '"' -> JsonValue.of(string(cursor));
            case 't' -> cursor.word("true", JsonValue.of(true));
            case 'f' -> cursor.word("false", JsonValue.of(false));
            case 'n' -> cursor.word("null", JsonValue.MISSING);
            default -> JsonValue.of(cursor.number());
        };
    }

    private static JsonValue object(Cursor cursor, int depth) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        cursor.expect('{');
        if (cursor.skip('}')) {
            return JsonValue.object(fields);
        }
        do {
            cursor.space();
            String name = string(cursor);
            cursor.space();
            cursor.expect(':');
            if (fields.put(name, value(cursor, depth + 1)) != null) {
                throw cursor.wrong("a field given twice");
            }
        } while (cursor.skip(','));
        cursor.expect('}');
        return JsonValue.object(fields);
    }

    private static JsonValue array(Cursor cursor, int depth) {
        List<JsonValue> items = new ArrayList<>();
        cursor.expect('[');
        if (cursor.skip(']')) {
            return JsonValue.array(items);
        }
        do {
            items.add(value(cursor, depth + 1));
        } while (cursor.skip(','));
        cursor.expect(']');
        return JsonValue.array(items);
    }

    private static String string(Cursor cursor) {
        cursor.expect('"');
        StringBuilder out = new StringBuilder();
        for (char c = cursor.next(); c != '"'; c = cursor.next()) {
            if (c < 0x20) {
                throw cursor.wrong("a control character in a string");
            }
            out.append(c == '\\' ? escape(cursor) : c);
        }
        return out.toString();
    }

    private static char escape(Cursor cursor) {
        char c = cursor.next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> cursor.unicode();
            default -> throw cursor.wrong("an unknown escape");
        };
    }

    /** The one mutable thing: how far the reader has come. */
    private static final class Cursor {
        private final String text;
        private final int[] at = {0};

        Cursor(String text) {
            this.text = text;
        }

        boolean atEnd() {
            return at[0] == text.length();
        }

        char peek() {
            return atEnd() ? '\0' : text.charAt(at[0]);
        }

        char next() {
            if (atEnd()) {
                throw wrong("the document ends early");
            }
            return text.charAt(at[0]++);
        }

        void space() {
            while (!atEnd() && " \t\r\n".indexOf(peek()) >= 0) {
                at[0]++;
            }
        }

        boolean skip(char expected) {
            space();
            boolean there = peek() == expected && !atEnd();
            at[0] += there ? 1 : 0;
            return there;
        }

        void expect(char expected) {
            if (!skip(expected)) {
                throw wrong("expected " + expected);
            }
        }

        JsonValue word(String word, JsonValue value) {
            if (!text.startsWith(word, at[0])) {
                throw wrong("expected " + word);
            }
            at[0] += word.length();
            return value;
        }

        BigDecimal number() {
            Matcher matcher = NUMBER.matcher(text).region(at[0], text.length());
            if (!matcher.lookingAt()) {
                throw wrong("expected a value");
            }
            at[0] = matcher.end();
            return new BigDecimal(matcher.group());
        }

        char unicode() {
            int end = at[0] + 4;
            if (end > text.length() || !text.substring(at[0], end).matches("[0-9a-fA-F]{4}")) {
                throw wrong("expected four hex digits");
            }
            char c = (char) Integer.parseInt(text.substring(at[0], end), 16);
            at[0] = end;
            return c;
        }

        IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException("not JSON at character " + at[0] + ": " + what);
        }
    }
}
