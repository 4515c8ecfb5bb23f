package io.hallmark.handlers.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads JSON text (RFC 8259) with no leniency and with a limit on everything. Failures never repeat the input. */
public final class StrictJson {

    public static final int BYTES_MAX = 1024 * 1024;
    private static final int DEPTH_MAX = 32;
    private static final int NUMBER_LENGTH_MAX = 64;
    private static final int STRING_LENGTH_MAX = 64 * 1024;
    private static final int NAME_LENGTH_MAX = 256;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .maxStringLength(STRING_LENGTH_MAX)
                    .maxNameLength(NAME_LENGTH_MAX)
                    .maxDocumentLength(BYTES_MAX)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private StrictJson() {}

    /**
     * The one value in these bytes of UTF-8.
     *
     * @throws RegistryFailure.TooLarge over {@link #BYTES_MAX} bytes, before a byte is read
     * @throws RegistryFailure.Malformed with a code {@code JSON_…} if the text is not JSON in UTF-8, or beyond a limit of
     *     depth or length
     * @throws RegistryFailure.Invalid for numbers that are no finite double or whose exponent is beyond ±308, and for NUL
     *     and bidirectional controls in strings and names
     */
    public static Json read(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new RegistryFailure.TooLarge(
                    "BODY_TOO_LARGE", "a document of " + bytes.length + " bytes; at most " + BYTES_MAX);
        }
        try (JsonParser parser = FACTORY.createParser(Utf8Text.of(bytes, "JSON_ENCODING"))) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new RegistryFailure.Malformed("JSON_EMPTY", "the document is empty");
            }
            StrictTree tree = new StrictTree(parser);
            Json value = tree.value(first);
            if (parser.nextToken() != null) {
                throw new RegistryFailure.Malformed("JSON_TRAILING", "there is more after the end of the document");
            }
            return tree.accepted(value);
        } catch (StreamConstraintsException beyond) {
            throw new RegistryFailure.Malformed("JSON_LIMIT", beyond.getOriginalMessage());
        } catch (JsonProcessingException wrong) {
            throw refused(wrong);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static RegistryFailure refused(JsonProcessingException wrong) {
        JsonLocation at = wrong.getLocation();
        String where = " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        String message = wrong.getOriginalMessage();
        if (message.startsWith("Duplicate")) {
            return new RegistryFailure.Malformed("JSON_DUPLICATE_KEY", "a field comes twice, the second" + where);
        }
        return message.startsWith("Broken surrogate pair")
                ? new RegistryFailure.Malformed("JSON_ENCODING", "a name holds half of a surrogate pair" + where)
                : new RegistryFailure.Malformed("JSON_INVALID", "the text is not JSON" + where);
    }
}
