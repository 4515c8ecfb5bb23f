package io.hallmark.core.model;

import java.util.Locale;

/** How far a version has come on one target. {@code REJECTED} and {@code ROLLED_BACK} are ends of a promotion. */
public enum Stage {
    REGISTERED,
    VALIDATED,
    SHADOW,
    CANARY,
    PRODUCTION,
    ARCHIVED,
    REJECTED,
    ROLLED_BACK;

    /** The name as rows and answers carry it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Stage parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
