package io.hallmark.core.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes JSON without white space, fields sorted by UTF-16 code units, with the shortest escapes (RFC 8785 section 3.2). */
record JsonWriter(StringBuilder out, Function<BigDecimal, String> numbers) implements Json.Cases<StringBuilder> {

    static String write(Json value, Function<BigDecimal, String> numbers) {
        return value.match(new JsonWriter(new StringBuilder(), numbers)).toString();
    }

    static byte[] bytes(Json value, Function<BigDecimal, String> numbers) {
        return write(value, numbers).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public StringBuilder object(Json.Obj value) {
        out.append('{');
        String separator = "";
        for (var field : new TreeMap<>(value.fields()).entrySet()) {
            out.append(separator);
            separator = ",";
            string(field.getKey());
            out.append(':');
            field.getValue().match(this);
        }
        return out.append('}');
    }

    @Override
    public StringBuilder array(Json.Arr value) {
        out.append('[');
        List<Json> items = value.items();
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            items.get(i).match(this);
        }
        return out.append(']');
    }

    @Override
    public StringBuilder text(Json.Text value) {
        return string(value.value());
    }

    @Override
    public StringBuilder number(Json.Num value) {
        return out.append(numbers.apply(value.value()));
    }

    @Override
    public StringBuilder bool(Json.Bool value) {
        return out.append(value.value());
    }

    @Override
    public StringBuilder nothing(Json.Nothing value) {
        return out.append("null");
    }

    private StringBuilder string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else if (Character.isSurrogate(c)) {
                        i = surrogatePair(text, i);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"');
    }

    private int surrogatePair(String text, int index) {
        boolean paired = Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
        if (!paired) {
            throw new IllegalArgumentException("a lone surrogate at character " + index + " has no UTF-8 form");
        }
        out.append(text, index, index + 2);
        return index + 1;
    }
}
