package io.hallmark.cli.fleet;

import io.hallmark.client.Observation.Role;
import java.util.Locale;

/** Something to go wrong on purpose: always announced, never hidden among the recorded figures. */
public record Fault(Kind kind, Role role) {

    /** The share of requests that a fault touches. */
    static final double SHARE = 0.3;

    /** What a latency fault adds. */
    static final double ADDED_MILLIS = 180;

    /** What goes wrong. */
    public enum Kind {
        LATENCY,
        ERRORS
    }

    /**
     * Reads {@code latency@canary}, {@code errors@shadow} and the like.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Fault parse(String text) {
        String[] parts = text.toUpperCase(Locale.ROOT).split("@", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("a fault is latency@canary, errors@canary or the same @shadow");
        }
        return new Fault(Kind.valueOf(parts[0]), Role.valueOf(parts[1]));
    }

    /** The announcement. */
    public String sentence() {
        return switch (kind) {
            case LATENCY ->
                (int) (SHARE * 100) + " % of the requests of the " + role.text() + " take " + (int) ADDED_MILLIS
                        + " ms longer (injected)";
            case ERRORS -> (int) (SHARE * 100) + " % of the requests of the " + role.text() + " fail (injected)";
        };
    }
}
