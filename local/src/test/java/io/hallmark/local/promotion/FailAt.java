package io.hallmark.local.promotion;

/** Where the candidate turns out to be bad. */
enum FailAt {
    NOWHERE,
    VALIDATE,
    SHADOW,
    CANARY_5,
    CANARY_50,
    MONITOR;

    /** The largest share in basis points that a candidate failing here may ever get. */
    int exposureMaxBps() {
        return switch (this) {
            case VALIDATE, SHADOW -> 0;
            case CANARY_5 -> 500;
            case CANARY_50 -> 5000;
            case NOWHERE, MONITOR -> 10_000;
        };
    }
}
