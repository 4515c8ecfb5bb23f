package io.hallmark.local.blobs;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a writer says about an object besides its bytes.
 *
 * @param metadata {@code x-amz-meta-*} without the prefix, names in lower case
 * @param headers that are given back as they came: Content-Type, Cache-Control and their kind
 * @param tags in their order
 */
public record Attributes(Map<String, String> metadata, Map<String, String> headers, Map<String, String> tags) {

    /** Nothing said. */
    public static final Attributes NONE = new Attributes(Map.of(), Map.of(), Map.of());

    public Attributes {
        metadata = Map.copyOf(metadata);
        headers = Map.copyOf(headers);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    public Attributes withTags(Map<String, String> other) {
        return new Attributes(metadata, headers, other);
    }

    /** A map as one line of text, form-encoded. */
    static String line(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Reads what {@link #line} wrote. */
    static Map<String, String> map(String line) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String pair : line.isEmpty() ? new String[0] : line.split("&", -1)) {
            int equals = pair.indexOf('=');
            map.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
        return map;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
