package io.hallmark.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment in the past: so many days ago, or an instant. */
final class Since {

    private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,4})d");

    private Since() {}

    static Instant parse(String text, Instant now) {
        Matcher days = DAYS.matcher(text);
        if (days.matches()) {
            return now.minus(Duration.ofDays(Long.parseLong(days.group(1))));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException other) {
            throw new CliFailure(
                    ExitCode.USAGE, "--since is days such as 180d or an instant such as 2026-05-01T00:00:00Z");
        }
    }
}
