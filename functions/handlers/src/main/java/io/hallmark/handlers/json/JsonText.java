package io.hallmark.handlers.json;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON text (RFC 8259) for readers: fields in the order they were added, numbers exactly. Whatever is hashed or
 * signed goes through {@link io.hallmark.core.json.CanonicalJson} instead.
 */
public final class JsonText {

    /** Beyond this many digits a whole number is written with an exponent, so that 1e1000000 stays short. */
    private static final int PLAIN_DIGITS_MAX = 40;

    private JsonText() {}

    /** The text, without white space. */
    public static String write(Json value) {
        StringBuilder out = new StringBuilder();
        value.match(new Writer(out));
        return out.toString();
    }

    /** The text in UTF-8. */
    public static byte[] bytes(Json value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    private record Writer(StringBuilder out) implements Json.Cases<StringBuilder> {

        @Override
        public StringBuilder object(Json.Obj value) {
            out.append('{');
            String separator = "";
            for (var field : value.fields().entrySet()) {
                string(out.append(separator), field.getKey()).append(':');
                field.getValue().match(this);
                separator = ",";
            }
            return out.append('}');
        }

        @Override
        public StringBuilder array(Json.Arr value) {
            out.append('[');
            String separator = "";
            for (Json item : value.items()) {
                out.append(separator);
                item.match(this);
                separator = ",";
            }
            return out.append(']');
        }

        @Override
        public StringBuilder text(Json.Text value) {
            return string(out, value.value());
        }

        @Override
        public StringBuilder number(Json.Num value) {
            BigDecimal exact = value.value();
            boolean plain = exact.scale() <= 0 && exact.precision() - exact.scale() <= PLAIN_DIGITS_MAX;
            return out.append(plain ? exact.toPlainString() : exact.toString());
        }

        @Override
        public StringBuilder bool(Json.Bool value) {
            return out.append(value.value());
        }

        @Override
        public StringBuilder nothing(Json.Nothing value) {
            return out.append("null");
        }
    }

    private static StringBuilder string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < 0x20 || c == 0x7f || lone(text, i)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"');
    }

    /** A surrogate without its other half has no UTF-8 form, so it travels escaped. */
    private static boolean lone(String text, int index) {
        char c = text.charAt(index);
        boolean paired = Character.isHighSurrogate(c)
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        return Character.isSurrogate(c) && !paired;
    }
}
