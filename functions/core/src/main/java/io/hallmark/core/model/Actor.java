package io.hallmark.core.model;

/** Who acts, as the door has authenticated it; never taken from the body of a request. */
public record Actor(String value) {

    /** The registry itself, when nobody asked: intake, sweep, reconciler. */
    public static final Actor REGISTRY = new Actor("registry");

    private static final int LENGTH_MAX = 256;

    public Actor {
        if (value.isBlank() || value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("an actor has 1 to " + LENGTH_MAX + " characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
