package io.hallmark.core.promotion;

import java.util.Locale;

/** How far a promotion has come. */
public enum Phase {
    REQUESTED,
    VALIDATED,
    PREPARED,
    SHADOW,
    CANARY,
    MONITOR,
    ENDED;

    /** The name as rows and answers carry it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Phase parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
