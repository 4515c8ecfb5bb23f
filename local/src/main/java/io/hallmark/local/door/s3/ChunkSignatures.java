package io.hallmark.local.door.s3;

import io.hallmark.local.checksum.ChecksumAlgorithm;
import io.hallmark.local.sigv4.Signer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;

/** The chain of signatures through the chunks of a body, beginning with that of the request. */
final class ChunkSignatures {

    private final Signer signer;
    private final String time;
    private final AtomicReference<String> previous;
    private final MessageDigest chunk = ChecksumAlgorithm.digest("SHA-256");

    ChunkSignatures(Signer signer, String time, String seed) {
        this.signer = signer;
        this.time = time;
        this.previous = new AtomicReference<>(seed);
    }

    void update(byte[] buffer, int offset, int length) {
        chunk.update(buffer, offset, length);
    }

    /** Ends a chunk; refuses it if its signature is not the next of the chain. */
    void endChunk(String signature) throws S3Error {
        String computed = signer.signChunk(
                time, Objects.requireNonNull(previous.get()), HexFormat.of().formatHex(chunk.digest()));
        check(computed, signature);
        previous.set(computed);
    }

    /** Ends the body; refuses trailers whose signature is not the last of the chain. */
    void endTrailers(SortedMap<String, String> trailers, String signature) throws S3Error {
        StringBuilder text = new StringBuilder();
        trailers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        String hashed = Signer.sha256(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        check(signer.signTrailer(time, Objects.requireNonNull(previous.get()), hashed), signature);
    }

    private static void check(String computed, String signature) throws S3Error {
        if (!Signer.same(computed, signature)) {
            throw new S3Error(
                    ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                    "The signature of a chunk does not match the one that was computed from its bytes.");
        }
    }
}
