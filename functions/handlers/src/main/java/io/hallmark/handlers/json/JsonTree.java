package io.hallmark.handlers.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hallmark.core.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a value from the tokens of a parser; a subclass looks at every name, string and number on the way. */
abstract class JsonTree {

    private final JsonParser parser;

    JsonTree(JsonParser parser) {
        this.parser = parser;
    }

    /** The string or name to take for what stands there. */
    abstract String text(String text);

    /** The number to take for these digits. */
    abstract BigDecimal number(String digits);

    final Json value(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> Json.of(text(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Json.of(number(parser.getText()));
            case VALUE_TRUE -> Json.of(true);
            case VALUE_FALSE -> Json.of(false);
            case VALUE_NULL -> Json.nothing();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value starts with " + token);
        };
    }

    private Json object() throws IOException {
        Map<String, Json> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text(parser.currentName());
            fields.put(name, value(parser.nextToken()));
        }
        return new Json.Obj(fields);
    }

    private Json array() throws IOException {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token));
        }
        return Json.array(items);
    }
}
