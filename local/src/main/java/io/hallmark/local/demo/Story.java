package io.hallmark.local.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Tells what happens, line by line, with the seconds since the beginning. Safe for several threads. */
public final class Story {

    private final PrintWriter out;
    private final InstantSource clock;
    private final Instant begin;

    public Story(PrintWriter out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.begin = clock.instant();
    }

    synchronized void chapter(String title) {
        out.println();
        out.println(title);
        out.flush();
    }

    synchronized void tell(String line) {
        out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds(begin, clock.instant()), line));
        out.flush();
    }

    synchronized void detail(String line) {
        out.println("          " + line);
        out.flush();
    }

    /** The last line. */
    public synchronized void end(String line) {
        out.println();
        out.println(String.format(Locale.ROOT, "%s (%.1f s)", line, seconds(begin, clock.instant())));
        out.flush();
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
