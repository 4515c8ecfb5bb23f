package io.hallmark.core.planted;

import java.time.Instant;

/** Planted: core reads the wall clock. */
public final class ReadsTheClock {

    public Instant now() {
        return Instant.now();
    }
}
