package io.hallmark.handlers.planted;

/** Planted: a handler reads the environment. */
public final class ReadsTheEnvironment {

    public String home() {
        return System.getenv("HOME");
    }
}
