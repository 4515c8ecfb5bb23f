package io.hallmark.local.door.s3;

import io.hallmark.local.sigv4.AccessKey;
import io.hallmark.local.sigv4.Signer;
import java.util.List;
import java.util.Set;

/**
 * What a client says it signed with.
 *
 * @param date {@code yyyyMMdd}
 * @param signedHeaders names in lower case
 */
record Credential(
        String accessKeyId, String date, String region, Set<String> signedHeaders, String signature, String time) {

    private static final int SCOPE_PARTS = 5;
    private static final int DATE_LENGTH = 8;

    /** Reads {@code id/date/region/s3/aws4_request}; {@code wrong} is the error when it is not that. */
    static Credential of(String scope, String signedHeaders, String signature, String time, ErrorCode wrong)
            throws S3Error {
        List<String> parts = List.of(scope.split("/", -1));
        if (parts.size() != SCOPE_PARTS
                || !parts.get(3).equals("s3")
                || !parts.get(4).equals("aws4_request")) {
            throw new S3Error(wrong, "the credential must be <key id>/<yyyyMMdd>/<region>/s3/aws4_request");
        }
        if (time.length() < DATE_LENGTH || !parts.get(1).equals(time.substring(0, DATE_LENGTH))) {
            throw new S3Error(wrong, "the date of the credential, " + parts.get(1) + ", is not that of the request");
        }
        Set<String> names = Set.of(signedHeaders.split(";", -1));
        if (!names.contains("host")) {
            throw new S3Error(wrong, "the Host header must be signed");
        }
        return new Credential(parts.get(0), parts.get(1), parts.get(2), names, signature, time);
    }

    Signer signer(AccessKey accessKey) throws S3Error {
        if (!accessKey.id().equals(accessKeyId)) {
            throw new S3Error(
                            ErrorCode.INVALID_ACCESS_KEY_ID,
                            "The AWS Access Key Id you provided does not exist in our records.")
                    .with("AWSAccessKeyId", accessKeyId);
        }
        return new Signer(accessKey, date, region);
    }
}
