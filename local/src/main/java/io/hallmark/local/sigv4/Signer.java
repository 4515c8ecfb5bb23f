package io.hallmark.local.sigv4;

import io.hallmark.local.checksum.ChecksumAlgorithm;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs for one key, day and region. The same code makes signatures and the ones that requests are compared with. */
public final class Signer {

    public static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /** The SHA-256 of nothing, in hex. */
    public static final String EMPTY_SHA256 = sha256(new byte[0]);

    private static final String HMAC = "HmacSHA256";
    private static final Charset WIRE = StandardCharsets.ISO_8859_1;

    private final String scope;
    private final SecretKeySpec key;

    /**
     * Derives the signing key.
     *
     * @param date {@code yyyyMMdd}
     */
    public Signer(AccessKey accessKey, String date, String region) {
        this(accessKey, date, region, "s3");
    }

    /** Derives the signing key for a service. Other services than S3 want a path that is encoded twice. */
    public Signer(AccessKey accessKey, String date, String region, String service) {
        this.scope = date + "/" + region + "/" + service + "/aws4_request";
        byte[] derived = ("AWS4" + accessKey.secret()).getBytes(StandardCharsets.UTF_8);
        for (String step : scope.split("/", -1)) {
            derived = hmac(new SecretKeySpec(derived, HMAC), step.getBytes(StandardCharsets.UTF_8));
        }
        this.key = new SecretKeySpec(derived, HMAC);
    }

    /** {@code yyyyMMdd/region/service/aws4_request}. */
    public String scope() {
        return scope;
    }

    /**
     * The signature of a request.
     *
     * @param time {@code yyyyMMdd'T'HHmmss'Z'}
     */
    public String sign(CanonicalRequest request, String time) {
        String hashed = sha256(request.text().getBytes(WIRE));
        return sign(String.join("\n", ALGORITHM, time, scope, hashed));
    }

    /** The signature of one chunk of a body, which covers the one before it (S3 API, "sigv4-streaming"). */
    public String signChunk(String time, String previous, String chunkSha256) {
        return sign(String.join("\n", ALGORITHM + "-PAYLOAD", time, scope, previous, EMPTY_SHA256, chunkSha256));
    }

    /** The signature of the headers behind the last chunk (S3 API, "sigv4-streaming-trailers"). */
    public String signTrailer(String time, String previous, String trailerSha256) {
        return sign(String.join("\n", ALGORITHM + "-TRAILER", time, scope, previous, trailerSha256));
    }

    private String sign(String text) {
        return HexFormat.of().formatHex(hmac(key, text.getBytes(WIRE)));
    }

    /** Whether two signatures are the same, in a time that does not tell where they differ. */
    public static boolean same(String left, String right) {
        return MessageDigest.isEqual(left.getBytes(WIRE), right.getBytes(WIRE));
    }

    /** SHA-256 in hex. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(ChecksumAlgorithm.digest("SHA-256").digest(bytes));
    }

    private static byte[] hmac(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java platform has " + HMAC, impossible);
        }
    }
}
