package io.hallmark.client.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes JSON text in three forms: plain, pretty for people, and canonical (RFC 8785) for digests. */
final class JsonPrinter {

    private static final int DIGITS_MAX = 17;

    private enum Form {
        PLAIN,
        PRETTY,
        CANONICAL
    }

    private final StringBuilder out = new StringBuilder();
    private final Form form;

    private JsonPrinter(Form form) {
        this.form = form;
    }

    static String plain(JsonValue value) {
        return new JsonPrinter(Form.PLAIN).print(value, 0).out.toString();
    }

    static String pretty(JsonValue value) {
        return new JsonPrinter(Form.PRETTY).print(value, 0).out.toString();
    }

    static String canonical(JsonValue value) {
        return new JsonPrinter(Form.CANONICAL).print(value, 0).out.toString();
    }

    private JsonPrinter print(JsonValue value, int level) {
        if (value.isObject()) {
            object(value, level);
        } else if (value.isArray()) {
            array(value.items(), level);
        } else if (value.text().isPresent()) {
            string(value.text().get());
        } else if (value.number().isPresent()) {
            BigDecimal number = value.number().get();
            out.append(form == Form.CANONICAL ? ecmaScript(number) : plainNumber(number));
        } else {
            out.append(value.flag().map(String::valueOf).orElse("null"));
        }
        return this;
    }

    private void object(JsonValue value, int level) {
        Map<String, JsonValue> fields = form == Form.CANONICAL ? new TreeMap<>(value.fields()) : value.fields();
        out.append('{');
        String separator = "";
        for (var field : fields.entrySet()) {
            out.append(separator);
            line(level + 1);
            string(field.getKey());
            out.append(form == Form.PRETTY ? ": " : ":");
            print(field.getValue(), level + 1);
            separator = ",";
        }
        if (!fields.isEmpty()) {
            line(level);
        }
        out.append('}');
    }

    private void array(List<JsonValue> items, int level) {
        out.append('[');
        String separator = "";
        for (JsonValue item : items) {
            out.append(separator);
            line(level + 1);
            print(item, level + 1);
            separator = ",";
        }
        if (!items.isEmpty()) {
            line(level);
        }
        out.append(']');
    }

    private void line(int level) {
        if (form == Form.PRETTY) {
            out.append('\n').append("  ".repeat(level));
        }
    }

    private void string(String text) {
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
                default -> out.append(c < 0x20 ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        out.append('"');
    }

    private static String plainNumber(BigDecimal number) {
        boolean plain = number.scale() <= 0 && number.precision() - number.scale() <= 40;
        return plain ? number.toPlainString() : number.toString();
    }

    /** ECMAScript's Number::toString of the nearest double (ECMA-262 section 6.1.6.1.20), which RFC 8785 prescribes. */
    private static String ecmaScript(BigDecimal number) {
        double value = number.doubleValue();
        if (value == 0) {
            return "0";
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = exact;
        for (int digits = 1; digits <= DIGITS_MAX; digits++) {
            shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (shortest.doubleValue() == value) {
                break;
            }
        }
        BigDecimal bare = shortest.stripTrailingZeros();
        String digits = bare.unscaledValue().abs().toString();
        int point = digits.length() - bare.scale();
        return (value < 0 ? "-" : "") + place(digits, point);
    }

    private static String place(String digits, int point) {
        int count = digits.length();
        if (count <= point && point <= 21) {
            return digits + "0".repeat(point - count);
        }
        if (0 < point && point <= 21) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (-6 < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        String mantissa = count == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + "e" + (point > 0 ? "+" : "-") + Math.abs(point - 1);
    }
}
