package io.hallmark.local.sigv4;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What a signature covers of a request ("Create a signed AWS API request" in the IAM user guide).
 *
 * @param path decoded
 * @param query decoded names and values; the signature itself left out
 * @param headers the signed ones: name in lower case, value with runs of blanks made one
 * @param payload the hex SHA-256 of the body, or one of the words that stand for it
 */
public record CanonicalRequest(
        String method,
        String path,
        List<Map.Entry<String, String>> query,
        SortedMap<String, String> headers,
        String payload) {

    /** The text that is hashed. Header values may hold any Latin-1 character, as they came over the wire. */
    public String text() {
        String queryText = query.stream()
                .map(pair -> Map.entry(UriText.encode(pair.getKey()), UriText.encode(pair.getValue())))
                .sorted(Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry.comparingByValue()))
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining("&"));
        String headerText = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        return String.join("\n", method, UriText.encodePath(path), queryText, headerText, signedHeaders(), payload);
    }

    /** The names of the signed headers, joined by semicolons. */
    public String signedHeaders() {
        return String.join(";", headers.keySet());
    }
}
