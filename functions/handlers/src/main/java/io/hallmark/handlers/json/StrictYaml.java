package io.hallmark.handlers.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads YAML (1.2.2) that people write, as far as it says what JSON can say: no anchors, aliases and tags, no second
 * document, no field twice. Only what JSON calls a number, a boolean or null is one; everything else without quotes is a
 * string. JSON text is YAML and means the same here. Failures have line and column and never repeat the input.
 */
public final class StrictYaml {

    public static final int BYTES_MAX = 256 * 1024;
    static final int DEPTH_MAX = 32;
    private static final int NUMBER_LENGTH_MAX = 64;
    private static final int STRING_LENGTH_MAX = 64 * 1024;
    private static final int NAME_LENGTH_MAX = 256;

    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX + 1)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .maxStringLength(STRING_LENGTH_MAX)
                    .maxNameLength(NAME_LENGTH_MAX)
                    .maxDocumentLength(BYTES_MAX)
                    .build())
            .build();

    private StrictYaml() {}

    /**
     * The one document in these bytes of UTF-8.
     *
     * @throws RegistryFailure.TooLarge over {@link #BYTES_MAX} bytes, before a byte is read
     * @throws RegistryFailure.Malformed with a code {@code YAML_…} if the text is no such document in UTF-8
     * @throws RegistryFailure.Invalid for numbers and characters that {@link StrictJson} refuses too
     */
    public static PlacedJson read(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new RegistryFailure.TooLarge(
                    "BODY_TOO_LARGE", "a document of " + bytes.length + " bytes; at most " + BYTES_MAX);
        }
        String text = Utf8Text.of(bytes, "YAML_ENCODING");
        try (YAMLParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new RegistryFailure.Malformed("YAML_EMPTY", "the document is empty");
            }
            PlacedJson whole = new PlacedTree(parser, text).document(first);
            if (parser.nextToken() != null) {
                JsonLocation at = parser.currentTokenLocation();
                throw refused(
                        "YAML_TRAILING",
                        "a second document begins",
                        new Violation.Place(at.getLineNr(), at.getColumnNr()));
            }
            return whole;
        } catch (StreamConstraintsException beyond) {
            throw new RegistryFailure.Malformed("YAML_LIMIT", beyond.getOriginalMessage());
        } catch (JsonProcessingException wrong) {
            throw refused(wrong);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static RegistryFailure refused(String code, String sentence, Violation.Place at) {
        return new RegistryFailure.Malformed(code, sentence, at);
    }

    private static RegistryFailure refused(JsonProcessingException wrong) {
        if (wrong.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            Mark at = marked.getProblemMark();
            return refused(
                    "YAML_INVALID", "the text is not YAML", new Violation.Place(at.getLine() + 1, at.getColumn() + 1));
        }
        if (wrong.getCause() instanceof ReaderException) {
            return new RegistryFailure.Malformed("YAML_INVALID", "the text holds a character that YAML does not allow");
        }
        JsonLocation at = wrong.getLocation();
        return refused("YAML_INVALID", "the text is not YAML", new Violation.Place(at.getLineNr(), at.getColumnNr()));
    }
}
