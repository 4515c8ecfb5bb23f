package io.hallmark.handlers.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.hallmark.core.json.Json;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads the JSON text that the registry wrote itself ({@link io.hallmark.core.json.ExactJson}): rows of its table, lines
 * of its event log, lists of files in its bucket. Numbers come back exactly. The limits are those of what it may store, not
 * those of a request.
 */
public final class StoredJson {

    private static final int BYTES_MAX = 16 * 1024 * 1024;
    private static final int STRING_LENGTH_MAX = 512 * 1024;
    private static final int DEPTH_MAX = 64;
    private static final int NUMBER_LENGTH_MAX = 128;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .maxStringLength(STRING_LENGTH_MAX)
                    .maxNameLength(STRING_LENGTH_MAX)
                    .maxDocumentLength(BYTES_MAX)
                    .build())
            .build();

    private StoredJson() {}

    /**
     * The object in this text.
     *
     * @throws IllegalStateException if it is none: what is stored is broken
     */
    public static Json.Obj readObject(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                Json value = new AsItStands(parser).value(JsonToken.START_OBJECT);
                if (parser.nextToken() == null) {
                    return (Json.Obj) value;
                }
            }
            throw new IllegalStateException("stored text is not one JSON object");
        } catch (IOException broken) {
            throw new IllegalStateException("stored text is not JSON", broken);
        }
    }

    private static final class AsItStands extends JsonTree {

        AsItStands(JsonParser parser) {
            super(parser);
        }

        @Override
        String text(String text) {
            return text;
        }

        @Override
        BigDecimal number(String digits) {
            return new BigDecimal(digits);
        }
    }
}
