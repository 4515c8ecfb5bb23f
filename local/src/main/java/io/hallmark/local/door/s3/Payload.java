package io.hallmark.local.door.s3;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The ways a body can come: as it is, hashed by its signature, or in chunks, signed or not, with trailers or not. */
final class Payload {

    static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private static final String SIGNED_CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private static final String SIGNED_CHUNKS_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    private static final String UNSIGNED_CHUNKS_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private Payload() {}

    /**
     * The body of a request whose signature holds.
     *
     * @param kind the value of {@code x-amz-content-sha256}
     */
    static Body of(S3Request request, String kind, ChunkSignatures signatures) throws S3Error {
        return switch (kind) {
            case UNSIGNED -> whole(request, request.rawBody());
            case SIGNED_CHUNKS -> chunked(request, Optional.of(signatures), false);
            case SIGNED_CHUNKS_TRAILER -> chunked(request, Optional.of(signatures), true);
            case UNSIGNED_CHUNKS_TRAILER -> chunked(request, Optional.empty(), true);
            default -> {
                if (!SHA256.matcher(kind).matches()) {
                    throw S3Error.notImplemented("the value " + kind + " of x-amz-content-sha256");
                }
                yield whole(request, new PayloadHashCheck(request.rawBody(), kind));
            }
        };
    }

    private static Body whole(S3Request request, InputStream stream) throws S3Error {
        if (request.header("transfer-encoding").isPresent()) {
            throw new S3Error(ErrorCode.MISSING_CONTENT_LENGTH, "You must provide the Content-Length HTTP header.");
        }
        long length = length(request, "content-length").orElse(0L);
        return new Body(new LengthCheck(stream, length), length, Map.of());
    }

    private static Body chunked(S3Request request, Optional<ChunkSignatures> signatures, boolean trailer)
            throws S3Error {
        long length = length(request, "x-amz-decoded-content-length")
                .orElseThrow(() -> new S3Error(
                        ErrorCode.MISSING_CONTENT_LENGTH, "You must provide the x-amz-decoded-content-length header."));
        Map<String, String> trailers = new LinkedHashMap<>();
        InputStream stream = new AwsChunkedStream(request.rawBody(), signatures, trailer, trailers);
        return new Body(new LengthCheck(stream, length), length, trailers);
    }

    private static Optional<Long> length(S3Request request, String header) throws S3Error {
        Optional<String> text = request.header(header);
        if (text.isPresent() && !text.get().matches("\\d{1,18}")) {
            throw S3Error.invalidArgument(header + " is not a length", header, text.get());
        }
        return text.map(Long::parseLong);
    }
}
