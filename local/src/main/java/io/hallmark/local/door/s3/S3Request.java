package io.hallmark.local.door.s3;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.hallmark.local.sigv4.UriText;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request, taken apart.
 *
 * @param path decoded, as it stands in the request line
 * @param query decoded names and values in their order
 * @param headers names in lower case; several values joined by commas; parameters named {@code x-amz-*} of a presigned
 *     address count as headers, as they do for S3
 * @param bucket empty for the service itself
 * @param key empty for a bucket
 */
record S3Request(
        String method,
        String path,
        List<Map.Entry<String, String>> query,
        SortedMap<String, String> headers,
        SortedMap<String, String> sentHeaders,
        String bucket,
        String key,
        InputStream rawBody,
        String requestId) {

    private static final String VIRTUAL_HOST = ".localhost";

    /** Takes the request line and headers apart; refuses what is not percent-encoded UTF-8. */
    static S3Request of(HttpExchange exchange, String requestId) throws S3Error {
        String target = exchange.getRequestURI().toString();
        if (!target.startsWith("/")) {
            throw new S3Error(ErrorCode.INVALID_URI, "The request line must name a path.");
        }
        int mark = target.indexOf('?');
        String path = decoded(mark < 0 ? target : target.substring(0, mark));
        List<Map.Entry<String, String>> query = query(mark < 0 ? "" : target.substring(mark + 1));
        SortedMap<String, String> sent = headers(exchange.getRequestHeaders());
        SortedMap<String, String> headers = new TreeMap<>(sent);
        for (var parameter : query) {
            if (parameter.getKey().startsWith("x-amz-")) {
                headers.putIfAbsent(parameter.getKey(), parameter.getValue());
            }
        }
        String names = virtualBucket(sent.getOrDefault("host", ""))
                .map(bucket -> "/" + bucket + path)
                .orElse(path);
        int slash = names.indexOf('/', 1);
        String bucket = slash < 0 ? names.substring(1) : names.substring(1, slash);
        String key = slash < 0 ? "" : names.substring(slash + 1);
        return new S3Request(
                exchange.getRequestMethod(),
                path,
                List.copyOf(query),
                headers,
                sent,
                bucket,
                key,
                exchange.getRequestBody(),
                requestId);
    }

    private static Optional<String> virtualBucket(String host) {
        int colon = host.indexOf(':');
        String name = (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
        return name.endsWith(VIRTUAL_HOST)
                ? Optional.of(name.substring(0, name.length() - VIRTUAL_HOST.length()))
                : Optional.empty();
    }

    private static List<Map.Entry<String, String>> query(String text) throws S3Error {
        List<Map.Entry<String, String>> query = new ArrayList<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.add(Map.entry(decoded(name.replace('+', ' ')), decoded(value.replace('+', ' '))));
        }
        return query;
    }

    private static SortedMap<String, String> headers(Headers headers) {
        SortedMap<String, String> joined = new TreeMap<>();
        headers.forEach((name, values) -> joined.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        return joined;
    }

    private static String decoded(String text) throws S3Error {
        return UriText.decode(text)
                .orElseThrow(() -> new S3Error(ErrorCode.INVALID_URI, "Couldn't parse the specified URI."));
    }

    Optional<String> parameter(String name) {
        return query.stream()
                .filter(pair -> pair.getKey().equals(name))
                .findFirst()
                .map(Map.Entry::getValue);
    }

    boolean has(String parameter) {
        return parameter(parameter).isPresent();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(String::strip);
    }

    /** A parameter that is a whole number from {@code low} to {@code high}. */
    int number(String parameter, int absent, int low, int high) throws S3Error {
        Optional<String> text = parameter(parameter);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number < low || number > high) {
                throw S3Error.invalidArgument(
                        parameter + " must be a number from " + low + " to " + high, parameter, text.get());
            }
            return number;
        } catch (NumberFormatException notANumber) {
            throw S3Error.invalidArgument("Provided " + parameter + " not an integer", parameter, text.get());
        }
    }

    /** The resource, for the XML of errors. */
    String resource() {
        return path;
    }
}
