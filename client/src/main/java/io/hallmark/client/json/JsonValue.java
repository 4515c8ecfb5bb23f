package io.hallmark.client.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value (RFC 8259), or the absence of one: looking for a field that is not there answers {@link #MISSING}, so that
 * a path into a document is one expression. Immutable.
 */
public final class JsonValue {

    /** There is no value here. Null reads the same. */
    public static final JsonValue MISSING = new JsonValue(Nothing.NOTHING);

    enum Nothing {
        NOTHING
    }

    /** Map, List, String, BigDecimal, Boolean or Nothing. */
    private final Object value;

    private JsonValue(Object value) {
        this.value = value;
    }

    /**
     * Reads one document.
     *
     * @throws IllegalArgumentException if the text is not JSON or nests deeper than 64
     */
    public static JsonValue parse(String text) {
        return new JsonParser(text).document();
    }

    public static JsonValue parse(byte[] utf8) {
        return parse(new String(utf8, StandardCharsets.UTF_8));
    }

    public static JsonValue of(String text) {
        return new JsonValue(text);
    }

    public static JsonValue of(long number) {
        return new JsonValue(BigDecimal.valueOf(number));
    }

    public static JsonValue of(BigDecimal number) {
        return new JsonValue(number);
    }

    public static JsonValue of(boolean flag) {
        return new JsonValue(flag);
    }

    public static JsonValue array(List<JsonValue> items) {
        return new JsonValue(List.copyOf(items));
    }

    public static JsonValue texts(List<String> items) {
        return array(items.stream().map(JsonValue::of).toList());
    }

    public static JsonValue object() {
        return object(Map.of());
    }

    public static JsonValue object(Map<String, JsonValue> fields) {
        return new JsonValue(Collections.unmodifiableMap(new LinkedHashMap<>(fields)));
    }

    /** This object and one more field; a missing value adds nothing. */
    public JsonValue with(String name, JsonValue field) {
        if (field.isMissing()) {
            return this;
        }
        Map<String, JsonValue> copy = new LinkedHashMap<>(fields());
        copy.put(name, field);
        return object(copy);
    }

    public JsonValue with(String name, String text) {
        return with(name, of(text));
    }

    public JsonValue with(String name, long number) {
        return with(name, of(number));
    }

    public JsonValue with(String name, boolean flag) {
        return with(name, of(flag));
    }

    /** This object without a field. */
    public JsonValue without(String name) {
        Map<String, JsonValue> copy = new LinkedHashMap<>(fields());
        copy.remove(name);
        return object(copy);
    }

    /** The value at a path of field names, or {@link #MISSING}. */
    public JsonValue at(String... path) {
        JsonValue here = this;
        for (String name : path) {
            here = here.fields().getOrDefault(name, MISSING);
        }
        return here;
    }

    public boolean isMissing() {
        return value == Nothing.NOTHING;
    }

    /** The fields of an object in their order; empty for everything else. */
    public Map<String, JsonValue> fields() {
        if (!(value instanceof Map<?, ?> map)) {
            return Map.of();
        }
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        map.forEach((name, field) -> fields.put((String) name, (JsonValue) field));
        return fields;
    }

    /** The items of an array; empty for everything else. */
    public List<JsonValue> items() {
        if (!(value instanceof List<?> list)) {
            return List.of();
        }
        List<JsonValue> items = new ArrayList<>(list.size());
        list.forEach(item -> items.add((JsonValue) item));
        return items;
    }

    public Optional<String> text() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    public Optional<BigDecimal> number() {
        return value instanceof BigDecimal number ? Optional.of(number) : Optional.empty();
    }

    public Optional<Long> integer() {
        return number().filter(exact -> exact.stripTrailingZeros().scale() <= 0)
                .filter(exact -> exact.precision() - exact.scale() <= 18)
                .map(BigDecimal::longValueExact);
    }

    public Optional<Boolean> flag() {
        return value instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    /** The text, or a number or flag as text, or this otherwise. */
    public String textOr(String otherwise) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof String || value instanceof Boolean ? value.toString() : otherwise;
    }

    boolean isObject() {
        return value instanceof Map;
    }

    boolean isArray() {
        return value instanceof List;
    }

    /** The text, without white space. */
    public String write() {
        return JsonPrinter.plain(this);
    }

    /** The text for people, two spaces a level. */
    public String pretty() {
        return JsonPrinter.pretty(this);
    }

    /** The canonical text (RFC 8785): what the registry hashes. */
    public String canonical() {
        return JsonPrinter.canonical(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonValue that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return isMissing() ? "missing" : write();
    }
}
