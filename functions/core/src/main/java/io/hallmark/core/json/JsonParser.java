package io.hallmark.core.json;

/** Reads JSON text. The registry's own words are values; text is the business of the border, which passes this in. */
@FunctionalInterface
public interface JsonParser {

    /**
     * The one value in these bytes of UTF-8.
     *
     * @throws io.hallmark.core.failure.RegistryFailure.Malformed if the text is not JSON, or beyond a limit
     */
    Json read(byte[] bytes);
}
