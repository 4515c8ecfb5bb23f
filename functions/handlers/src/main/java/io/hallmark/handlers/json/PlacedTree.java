package io.hallmark.handlers.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Builds a value from the tokens of YAML, notes where everything stands, and refuses what JSON cannot say. */
final class PlacedTree {

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

    /** What properties of a node and references to one begin with; no plain scalar does. */
    private static final String PROPERTIES = "!&*";

    private static final String QUOTES = "'\"|>";

    private final YAMLParser parser;
    private final int[] characters;
    private final StrictTree strict;
    private final Map<String, Violation.Place> places = new HashMap<>();

    PlacedTree(YAMLParser parser, String text) {
        this.parser = parser;
        this.characters = text.codePoints().toArray();
        this.strict = new StrictTree(parser);
    }

    /** The value that begins with this token, with the places of everything in it. */
    PlacedJson document(JsonToken first) throws IOException {
        note("");
        PlacedJson whole = new PlacedJson(value(first, "", 1), places);
        whole.read(strict::accepted);
        return whole;
    }

    private Json value(JsonToken token, String pointer, int depth) throws IOException {
        requireBare();
        if (depth > StrictYaml.DEPTH_MAX && token.isStructStart()) {
            throw refused("YAML_LIMIT", "nested deeper than " + StrictYaml.DEPTH_MAX + " levels");
        }
        if (token == JsonToken.START_OBJECT) {
            return object(pointer, depth);
        }
        return token == JsonToken.START_ARRAY ? array(pointer, depth) : scalar(token);
    }

    private Json object(String pointer, int depth) throws IOException {
        Map<String, Json> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            requireBare();
            String name = strict.text(parser.currentName());
            String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            if (fields.containsKey(name)) {
                throw refused("YAML_DUPLICATE_KEY", "this field comes for the second time");
            }
            note(at);
            fields.put(name, value(parser.nextToken(), at, depth + 1));
        }
        return new Json.Obj(fields);
    }

    private Json array(String pointer, int depth) throws IOException {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            String at = pointer + "/" + items.size();
            note(at);
            items.add(value(token, at, depth + 1));
        }
        return Json.array(items);
    }

    /** YAML 1.1 knows more numbers and booleans than JSON ({@code 0x10}, {@code 1_000}, {@code yes}); here they are text. */
    private Json scalar(JsonToken token) throws IOException {
        String text = parser.getText();
        if (QUOTES.indexOf(character()) >= 0) {
            return Json.of(strict.text(text));
        }
        if (token.isNumeric() && NUMBER.matcher(text).matches()) {
            return Json.of(strict.number(text));
        }
        return switch (text) {
            case "true" -> Json.of(true);
            case "false" -> Json.of(false);
            case "", "~", "null" -> Json.nothing();
            default -> Json.of(strict.text(text));
        };
    }

    private void requireBare() throws IOException {
        if (PROPERTIES.indexOf(character()) >= 0
                || parser.isCurrentAlias()
                || parser.getObjectId() != null
                || parser.getTypeId() != null) {
            throw refused("YAML_INVALID", "anchors, aliases and tags are not read here");
        }
    }

    /** The character that the token begins with; a space at the end. */
    private int character() {
        long offset = parser.currentTokenLocation().getCharOffset();
        return offset >= 0 && offset < characters.length ? characters[(int) offset] : ' ';
    }

    private void note(String pointer) {
        JsonLocation at = parser.currentTokenLocation();
        places.put(pointer, new Violation.Place(at.getLineNr(), at.getColumnNr()));
    }

    private RegistryFailure refused(String code, String sentence) {
        JsonLocation at = parser.currentTokenLocation();
        return StrictYaml.refused(code, sentence, new Violation.Place(at.getLineNr(), at.getColumnNr()));
    }
}
