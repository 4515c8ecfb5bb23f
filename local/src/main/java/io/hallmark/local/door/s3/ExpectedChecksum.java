package io.hallmark.local.door.s3;

import io.hallmark.local.blobs.Received;
import io.hallmark.local.checksum.Checksum;
import io.hallmark.local.checksum.ChecksumAlgorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a client says about the bytes it sends: at most one checksum, in a header or behind the body, and perhaps a
 * Content-MD5.
 *
 * @param value empty when it comes behind the body
 */
record ExpectedChecksum(
        Optional<ChecksumAlgorithm> algorithm, Optional<String> value, boolean trailing, Optional<String> md5) {

    private static final int MD5_BYTES = 16;

    static ExpectedChecksum of(S3Request request) throws S3Error {
        List<ChecksumAlgorithm> inHeaders = new ArrayList<>(Arrays.stream(ChecksumAlgorithm.values())
                .filter(algorithm -> request.header(algorithm.header()).isPresent())
                .toList());
        Optional<String> trailer = request.header("x-amz-trailer");
        Optional<ChecksumAlgorithm> inTrailer = Optional.empty();
        if (trailer.isPresent()) {
            inTrailer = Arrays.stream(ChecksumAlgorithm.values())
                    .filter(algorithm -> algorithm.header().equalsIgnoreCase(trailer.get()))
                    .findFirst();
            if (inTrailer.isEmpty()) {
                throw S3Error.notImplemented("the trailing header " + trailer.get());
            }
        }
        if (inHeaders.size() + (inTrailer.isPresent() ? 1 : 0) > 1) {
            throw new S3Error(
                    ErrorCode.INVALID_REQUEST,
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }
        Optional<ChecksumAlgorithm> algorithm =
                inTrailer.isPresent() ? inTrailer : inHeaders.stream().findFirst();
        checkAnnounced(request, algorithm);
        Optional<String> value =
                inTrailer.isPresent() ? Optional.empty() : algorithm.flatMap(named -> request.header(named.header()));
        if (value.isPresent()) {
            requireWellFormed(algorithm.orElseThrow(), value.get());
        }
        return new ExpectedChecksum(algorithm, value, inTrailer.isPresent(), md5(request));
    }

    private static void checkAnnounced(S3Request request, Optional<ChecksumAlgorithm> found) throws S3Error {
        Optional<String> announced = request.header("x-amz-sdk-checksum-algorithm");
        if (announced.isPresent()
                && !found.map(ChecksumAlgorithm::name).orElse("").equalsIgnoreCase(announced.get())) {
            throw new S3Error(
                    ErrorCode.INVALID_REQUEST,
                    "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer"
                            + " headers were found.");
        }
    }

    private static void requireWellFormed(ChecksumAlgorithm algorithm, String value) throws S3Error {
        if (!Checksum.wellFormed(algorithm, value)) {
            throw new S3Error(ErrorCode.INVALID_REQUEST, "Value for " + algorithm.header() + " header is invalid.");
        }
    }

    private static Optional<String> md5(S3Request request) throws S3Error {
        Optional<String> header = request.header("content-md5");
        if (header.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(header.get());
            if (bytes.length == MD5_BYTES) {
                return Optional.of(HexFormat.of().formatHex(bytes));
            }
        } catch (IllegalArgumentException notBase64) {
            throw invalidMd5();
        }
        throw invalidMd5();
    }

    private static S3Error invalidMd5() {
        return new S3Error(ErrorCode.INVALID_DIGEST, "The Content-MD5 you specified was invalid.");
    }

    /** Refuses bytes that are not what the client said. The received ones were hashed with this algorithm. */
    void verify(Received received, Body body) throws S3Error {
        if (md5.isPresent() && !md5.get().equals(received.md5())) {
            throw new S3Error(ErrorCode.BAD_DIGEST, "The Content-MD5 you specified did not match what we received.");
        }
        if (algorithm.isPresent()) {
            ChecksumAlgorithm named = algorithm.get();
            Optional<String> claimed =
                    trailing ? Optional.ofNullable(body.trailers().get(named.header())) : value;
            if (claimed.isEmpty()) {
                throw new S3Error(
                        ErrorCode.MALFORMED_TRAILER, "the announced trailing header " + named.header() + " is missing");
            }
            requireWellFormed(named, claimed.get());
            String computed = received.checksum()
                    .filter(checksum -> checksum.algorithm() == named)
                    .orElseThrow()
                    .value();
            if (!computed.equals(claimed.get())) {
                throw new S3Error(
                        ErrorCode.BAD_DIGEST, "The " + named + " you specified did not match what we received.");
            }
        }
    }

    /** Reads a small body to its end and checks it, for requests that are documents. */
    boolean present() {
        return algorithm.isPresent() || md5.isPresent();
    }
}
