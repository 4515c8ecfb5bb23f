package io.hallmark.handlers.json;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as the Lambda runtime hands it to a function that takes a map, as a value. */
public final class InvocationJson {

    private InvocationJson() {}

    public static Json of(@Nullable Object value) {
        if (value == null) {
            return Json.nothing();
        }
        if (value instanceof String text) {
            return Json.of(text);
        }
        if (value instanceof Boolean bool) {
            return Json.of(bool.booleanValue());
        }
        if (value instanceof BigDecimal decimal) {
            return Json.of(decimal);
        }
        if (value instanceof BigInteger integer) {
            return Json.of(new BigDecimal(integer));
        }
        if (value instanceof Double || value instanceof Float) {
            return Json.of(BigDecimal.valueOf(((Number) value).doubleValue()));
        }
        if (value instanceof Number number) {
            return Json.of(number.longValue());
        }
        if (value instanceof List<?> items) {
            return Json.array(items.stream().map(InvocationJson::of).toList());
        }
        if (value instanceof Map<?, ?> fields) {
            Map<String, Json> copy = new LinkedHashMap<>();
            fields.forEach((name, field) -> copy.put(String.valueOf(name), of(field)));
            return new Json.Obj(copy);
        }
        throw new IllegalArgumentException(
                "no JSON value is a " + value.getClass().getName());
    }
}
