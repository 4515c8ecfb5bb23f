package io.hallmark.local.sigv4;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes addresses that carry their own permission for a while. */
public final class Presigner {

    /** Seven days (S3 API, "X-Amz-Expires"). */
    public static final Duration EXPIRY_MAX = Duration.ofDays(7);

    /** How signatures write moments. */
    public static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int DATE_LENGTH = 8;

    private final AccessKey accessKey;
    private final URI endpoint;
    private final String region;
    private final InstantSource clock;

    /**
     * A presigner for one door.
     *
     * @param endpoint scheme, host and port, without a path
     */
    public Presigner(AccessKey accessKey, URI endpoint, String region, InstantSource clock) {
        this.accessKey = accessKey;
        this.endpoint = endpoint;
        this.region = region;
        this.clock = clock;
    }

    /**
     * An address for one method on one object.
     *
     * @param query more parameters, such as {@code versionId}
     * @param expiresIn one second to seven days
     */
    public URI presign(String method, String bucket, String key, Map<String, String> query, Duration expiresIn) {
        return presign(method, bucket, key, query, Map.of(), expiresIn);
    }

    /**
     * An address for one method on one object, good only together with these headers.
     *
     * @param query more parameters, such as {@code uploadId}
     * @param headers names in lower case
     * @param expiresIn one second to seven days
     */
    public URI presign(
            String method,
            String bucket,
            String key,
            Map<String, String> query,
            Map<String, String> headers,
            Duration expiresIn) {
        if (expiresIn.compareTo(Duration.ofSeconds(1)) < 0 || expiresIn.compareTo(EXPIRY_MAX) > 0) {
            throw new IllegalArgumentException("a presigned address lives 1 s to 7 days, not " + expiresIn);
        }
        String time = TIME.format(clock.instant());
        Signer signer = new Signer(accessKey, time.substring(0, DATE_LENGTH), region);
        List<Map.Entry<String, String>> parameters = new ArrayList<>(query.entrySet());
        parameters.add(Map.entry("X-Amz-Algorithm", Signer.ALGORITHM));
        parameters.add(Map.entry("X-Amz-Credential", accessKey.id() + "/" + signer.scope()));
        parameters.add(Map.entry("X-Amz-Date", time));
        parameters.add(Map.entry("X-Amz-Expires", Long.toString(expiresIn.toSeconds())));
        TreeMap<String, String> signed = new TreeMap<>(headers);
        signed.put("host", endpoint.getAuthority());
        parameters.add(Map.entry("X-Amz-SignedHeaders", String.join(";", signed.keySet())));
        String path = "/" + bucket + "/" + key;
        String signature =
                signer.sign(new CanonicalRequest(method, path, parameters, signed, "UNSIGNED-PAYLOAD"), time);
        parameters.add(Map.entry("X-Amz-Signature", signature));
        String queryText = parameters.stream()
                .map(pair -> UriText.encode(pair.getKey()) + "=" + UriText.encode(pair.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(endpoint + UriText.encodePath(path) + "?" + queryText);
    }
}
