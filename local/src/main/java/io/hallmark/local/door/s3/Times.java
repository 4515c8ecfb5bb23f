package io.hallmark.local.door.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Moments as XML and headers write them. Headers know whole seconds only. */
final class Times {

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HTTP = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    static String iso(Instant instant) {
        return ISO.format(instant);
    }

    static String http(Instant instant) {
        return HTTP.format(instant);
    }

    static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The moment of a conditional header; a header that names none is ignored (RFC 9110 section 13.1.3). */
    static Optional<Instant> readHttp(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
