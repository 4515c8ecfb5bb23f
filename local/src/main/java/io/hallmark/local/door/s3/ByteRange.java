package io.hallmark.local.door.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of an object's bytes. */
record ByteRange(long first, long length) {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** Reads a Range header: one range. What is no range is ignored (RFC 9110 section 14.2). */
    static Optional<ByteRange> of(String header, long size) throws S3Error {
        if (header.startsWith("bytes=") && header.contains(",")) {
            throw S3Error.notImplemented("several ranges in one request");
        }
        Matcher matcher = ONE.matcher(header);
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long last = Math.min(size, Long.parseLong(matcher.group(2)));
            return Optional.of(satisfiable(size - last, last, size, header));
        }
        long first = Long.parseLong(matcher.group(1));
        long end = matcher.group(2).isEmpty() ? size : Math.min(size, Long.parseLong(matcher.group(2)) + 1);
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
            return Optional.empty();
        }
        return Optional.of(satisfiable(first, end - first, size, header));
    }

    private static ByteRange satisfiable(long first, long length, long size, String header) throws S3Error {
        if (length <= 0) {
            throw new S3Error(ErrorCode.INVALID_RANGE, "The requested range is not satisfiable")
                    .with("RangeRequested", header)
                    .with("ActualObjectSize", Long.toString(size))
                    .withHeader("Content-Range", "bytes */" + size);
        }
        return new ByteRange(first, length);
    }

    String contentRange(long size) {
        return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
