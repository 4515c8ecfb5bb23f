package io.hallmark.core.planted;

/** Planted: an instance field that changes. */
public final class Changes {

    private int count;

    public int next() {
        return ++count;
    }
}
