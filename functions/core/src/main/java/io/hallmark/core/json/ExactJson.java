package io.hallmark.core.json;

import java.math.BigDecimal;

/**
 * JSON text for what the registry keeps for itself: like {@link CanonicalJson}, but every number is written with all its
 * digits instead of as the nearest double. Equal values have equal texts.
 */
public final class ExactJson {

    private ExactJson() {}

    public static String write(Json value) {
        return JsonWriter.write(value, BigDecimal::toString);
    }

    /** The text in UTF-8. */
    public static byte[] bytes(Json value) {
        return JsonWriter.bytes(value, BigDecimal::toString);
    }
}
