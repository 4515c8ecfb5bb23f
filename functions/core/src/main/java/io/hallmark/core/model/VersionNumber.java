package io.hallmark.core.model;

/** The number of a version within its model: 1, 2, 3 …, contiguous and never reused. */
public record VersionNumber(long value) implements Comparable<VersionNumber> {

    public VersionNumber {
        if (value < 1) {
            throw new IllegalArgumentException("versions count from 1, not " + value);
        }
    }

    public VersionNumber next() {
        return new VersionNumber(value + 1);
    }

    @Override
    public int compareTo(VersionNumber other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
