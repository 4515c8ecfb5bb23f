package io.hallmark.local.door.s3;

import io.hallmark.local.sigv4.AccessKey;
import io.hallmark.local.sigv4.CanonicalRequest;
import io.hallmark.local.sigv4.Presigner;
import io.hallmark.local.sigv4.Signer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks Signature Version 4 of a request, in the Authorization header or in a presigned address. Any region is taken
 * as long as the signature covers it; temporary credentials are not known here.
 */
final class Authenticator {

    private static final Duration SKEW_MAX = Duration.ofMinutes(15);
    private static final Pattern AUTHORIZATION = Pattern.compile(
            Signer.ALGORITHM + " +Credential=([^ ,]+), *SignedHeaders=([^ ,]+), *Signature=([0-9a-f]{64})");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern TIME = Pattern.compile("\\d{8}T\\d{6}Z");

    private final AccessKey accessKey;
    private final InstantSource clock;

    Authenticator(AccessKey accessKey, InstantSource clock) {
        this.accessKey = accessKey;
        this.clock = clock;
    }

    /** Refuses the request, or answers its body, whose stream proves the rest. */
    Body check(S3Request request) throws S3Error {
        boolean presigned = request.has("X-Amz-Signature");
        Credential credential = presigned ? fromQuery(request) : fromHeader(request);
        if (request.header("x-amz-security-token").isPresent() || request.has("X-Amz-Security-Token")) {
            throw new S3Error(ErrorCode.INVALID_TOKEN, "This server has no temporary credentials.");
        }
        Signer signer = credential.signer(accessKey);
        String payload = request.header("x-amz-content-sha256").orElse(presigned ? Payload.UNSIGNED : "");
        if (payload.isEmpty()) {
            throw new S3Error(
                    ErrorCode.INVALID_REQUEST, "Missing required header for this request: x-amz-content-sha256");
        }
        CanonicalRequest signed = new CanonicalRequest(
                request.method(), request.path(), signedQuery(request), signedHeaders(request, credential), payload);
        if (!Signer.same(signer.sign(signed, credential.time()), credential.signature())) {
            throw new S3Error(
                    ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                    "The request signature we calculated does not match the signature you provided. Check your key and"
                            + " signing method.");
        }
        return Payload.of(request, payload, new ChunkSignatures(signer, credential.time(), credential.signature()));
    }

    private Credential fromHeader(S3Request request) throws S3Error {
        String header = request.header("authorization")
                .orElseThrow(() -> new S3Error(
                        ErrorCode.ACCESS_DENIED, "Access Denied: this server answers signed requests only"));
        Matcher matcher = AUTHORIZATION.matcher(header);
        if (!matcher.matches()) {
            throw header.startsWith(Signer.ALGORITHM + " ")
                    ? new S3Error(
                            ErrorCode.AUTHORIZATION_HEADER_MALFORMED,
                            "The authorization header needs Credential, SignedHeaders and Signature.")
                    : new S3Error(
                            ErrorCode.INVALID_REQUEST,
                            "The authorization mechanism you have provided is not supported. Please use "
                                    + Signer.ALGORITHM + ".");
        }
        String time = time(request);
        Duration skew = Duration.between(instant(time), clock.instant()).abs();
        if (skew.compareTo(SKEW_MAX) > 0) {
            throw new S3Error(
                            ErrorCode.REQUEST_TIME_TOO_SKEWED,
                            "The difference between the request time and the current time is too large.")
                    .with("RequestTime", time)
                    .with("ServerTime", clock.instant().toString())
                    .with("MaxAllowedSkewMilliseconds", Long.toString(SKEW_MAX.toMillis()));
        }
        return Credential.of(
                matcher.group(1), matcher.group(2), matcher.group(3), time, ErrorCode.AUTHORIZATION_HEADER_MALFORMED);
    }

    /** The moment of the request: x-amz-date, or else the Date header. */
    private static String time(S3Request request) throws S3Error {
        Optional<String> amzDate = request.header("x-amz-date");
        if (amzDate.isPresent()) {
            return amzDate.get();
        }
        String date = request.header("date")
                .orElseThrow(() -> new S3Error(
                        ErrorCode.ACCESS_DENIED, "AWS authentication requires a valid Date or x-amz-date header"));
        try {
            return Presigner.TIME.format(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeException unreadable) {
            throw new S3Error(ErrorCode.ACCESS_DENIED, "AWS authentication requires a valid Date or x-amz-date header");
        }
    }

    private Credential fromQuery(S3Request request) throws S3Error {
        if (request.header("authorization").isPresent()) {
            throw new S3Error(
                    ErrorCode.INVALID_ARGUMENT,
                    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization"
                            + " header should be specified");
        }
        String algorithm = query(request, "X-Amz-Algorithm");
        if (!algorithm.equals(Signer.ALGORITHM)) {
            throw queryError("X-Amz-Algorithm only supports \"" + Signer.ALGORITHM + "\"");
        }
        String time = query(request, "X-Amz-Date");
        checkExpiry(time, query(request, "X-Amz-Expires"));
        return Credential.of(
                query(request, "X-Amz-Credential"),
                query(request, "X-Amz-SignedHeaders"),
                query(request, "X-Amz-Signature"),
                time,
                ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR);
    }

    private void checkExpiry(String time, String expires) throws S3Error {
        if (!expires.matches("\\d{1,9}")) {
            throw queryError("X-Amz-Expires should be a number");
        }
        Duration lives = Duration.ofSeconds(Long.parseLong(expires));
        if (lives.compareTo(Presigner.EXPIRY_MAX) > 0) {
            throw queryError("X-Amz-Expires must be less than a week (in seconds) that is 604800");
        }
        Instant signed = instant(time);
        Instant now = clock.instant();
        if (now.isAfter(signed.plus(lives))) {
            throw new S3Error(ErrorCode.ACCESS_DENIED, "Request has expired")
                    .with("X-Amz-Expires", expires)
                    .with("Expires", signed.plus(lives).toString())
                    .with("ServerTime", now.toString());
        }
        if (signed.isAfter(now.plus(SKEW_MAX))) {
            throw new S3Error(ErrorCode.ACCESS_DENIED, "Request is not valid yet");
        }
    }

    private static String query(S3Request request, String name) throws S3Error {
        return request.parameter(name)
                .orElseThrow(() -> queryError("Query-string authentication version 4 requires the parameter " + name));
    }

    private static S3Error queryError(String message) {
        return new S3Error(ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR, message);
    }

    private static Instant instant(String time) throws S3Error {
        try {
            if (TIME.matcher(time).matches()) {
                return LocalDateTime.parse(time, Presigner.TIME).toInstant(ZoneOffset.UTC);
            }
        } catch (DateTimeException noSuchDay) {
            throw new S3Error(ErrorCode.ACCESS_DENIED, "the date " + time + " is none: " + noSuchDay.getMessage());
        }
        throw new S3Error(ErrorCode.ACCESS_DENIED, "X-Amz-Date must be formatted as yyyyMMdd'T'HHmmss'Z'");
    }

    private static List<Map.Entry<String, String>> signedQuery(S3Request request) {
        return request.query().stream()
                .filter(pair -> !pair.getKey().equals("X-Amz-Signature"))
                .toList();
    }

    private static SortedMap<String, String> signedHeaders(S3Request request, Credential credential) throws S3Error {
        Map<String, String> unsigned = new HashMap<>(request.sentHeaders());
        SortedMap<String, String> signed = new TreeMap<>();
        for (String name : credential.signedHeaders()) {
            String value = unsigned.remove(name);
            signed.put(name, value == null ? "" : BLANKS.matcher(value.strip()).replaceAll(" "));
        }
        List<String> missing = unsigned.keySet().stream()
                .filter(name -> name.startsWith("x-amz-") && !name.equals("x-amz-content-sha256"))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new S3Error(
                            ErrorCode.ACCESS_DENIED, "There were headers present in the request which were not signed")
                    .with("HeadersNotSigned", String.join(", ", missing));
        }
        return signed;
    }
}
