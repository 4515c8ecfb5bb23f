package io.hallmark.local.door.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Takes the framing of {@code Content-Encoding: aws-chunked} off a body: chunks with their length in hex and, if the
 * payload is signed, a signature each; then trailing headers. Bytes of a chunk are given out while they are hashed, so
 * memory does not depend on the size of chunks; who stores them must wait for the end of the stream.
 */
final class AwsChunkedStream extends InputStream {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int LINE_MAX = 1024;
    private static final int TRAILERS_MAX = 16;
    private static final int HEX = 16;
    private static final int HEX_DIGITS_MAX = 15;
    private static final String SIGNATURE = "chunk-signature=";
    private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

    private final InputStream in;
    private final Optional<ChunkSignatures> signatures;
    private final boolean expectsTrailers;
    private final Map<String, String> trailers;
    private final AtomicLong left = new AtomicLong();
    private final AtomicReference<String> signature = new AtomicReference<>("");
    private final AtomicBoolean inChunk = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * Wraps a body.
     *
     * @param signatures present if chunks are signed
     * @param trailers is filled with the trailing headers at the end
     */
    AwsChunkedStream(
            InputStream in,
            Optional<ChunkSignatures> signatures,
            boolean expectsTrailers,
            Map<String, String> trailers) {
        this.in = new BufferedInputStream(in, BUFFER_BYTES);
        this.signatures = signatures;
        this.expectsTrailers = expectsTrailers;
        this.trailers = trailers;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (!ended.get() && left.get() == 0) {
            nextChunk();
        }
        if (ended.get()) {
            return -1;
        }
        int read = in.read(buffer, offset, (int) Math.min(length, left.get()));
        if (read < 0) {
            throw incomplete();
        }
        signatures.ifPresent(chain -> chain.update(buffer, offset, read));
        left.addAndGet(-read);
        return read;
    }

    private void nextChunk() throws IOException {
        if (inChunk.getAndSet(true)) {
            endChunk();
            if (!line().isEmpty()) {
                throw new S3Error(ErrorCode.INVALID_CHUNK_SIZE, "a chunk is longer than it says");
            }
        }
        String header = line();
        int semicolon = header.indexOf(';');
        String digits = semicolon < 0 ? header : header.substring(0, semicolon);
        String extension = semicolon < 0 ? "" : header.substring(semicolon + 1).strip();
        left.set(size(digits.strip()));
        signature.set(extension.startsWith(SIGNATURE) ? extension.substring(SIGNATURE.length()) : "");
        if (left.get() == 0) {
            endChunk();
            readTrailers();
            ended.set(true);
        }
    }

    private void endChunk() throws S3Error {
        if (signatures.isPresent()) {
            signatures.get().endChunk(Objects.requireNonNull(signature.get()));
        }
    }

    private static long size(String digits) throws S3Error {
        try {
            if (digits.isEmpty() || digits.length() > HEX_DIGITS_MAX || digits.startsWith("-")) {
                throw new S3Error(ErrorCode.INVALID_CHUNK_SIZE, "a chunk begins with its length in hex");
            }
            return Long.parseLong(digits, HEX);
        } catch (NumberFormatException notHex) {
            throw new S3Error(ErrorCode.INVALID_CHUNK_SIZE, "a chunk begins with its length in hex");
        }
    }

    private void readTrailers() throws IOException {
        SortedMap<String, String> read = new TreeMap<>();
        for (String line = lineOrEnd(); !line.isEmpty(); line = lineOrEnd()) {
            int colon = line.indexOf(':');
            if (colon < 1 || read.size() == TRAILERS_MAX) {
                throw new S3Error(
                        ErrorCode.MALFORMED_TRAILER, "The request contained trailing data that was not well-formed");
            }
            read.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String signed = Optional.ofNullable(read.remove(TRAILER_SIGNATURE)).orElse("");
        if (expectsTrailers && signatures.isPresent()) {
            signatures.get().endTrailers(read, signed);
        } else if (!expectsTrailers && !read.isEmpty()) {
            throw new S3Error(ErrorCode.MALFORMED_TRAILER, "there are trailing headers that were not announced");
        }
        trailers.putAll(read);
    }

    /** A line; the end of the stream counts as the empty line, because some clients leave the last one out. */
    private String lineOrEnd() throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return "";
        }
        in.reset();
        return line();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int character = in.read(); character != '\n'; character = in.read()) {
            if (character < 0) {
                throw incomplete();
            }
            if (line.length() == LINE_MAX) {
                throw new S3Error(ErrorCode.INVALID_CHUNK_SIZE, "a chunk header has more than " + LINE_MAX + " bytes");
            }
            line.append((char) character);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    private static S3Error incomplete() {
        return new S3Error(ErrorCode.INCOMPLETE_BODY, "The request body terminated unexpectedly");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
