package io.hallmark.core.model.planted;

/** Planted: a model that is a class. */
public final class Behaves {

    public int answer() {
        return 42;
    }
}
