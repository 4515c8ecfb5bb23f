package io.hallmark.handlers.wiring;

import java.time.Duration;

/** Waiting in real time. */
public final class Pauses {

    private Pauses() {}

    /** Waits that long; an interrupt ends the wait and stays set for the caller. */
    public static void sleep(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
