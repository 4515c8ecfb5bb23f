package io.hallmark.core.model;

import java.util.regex.Pattern;

/** The name of a model: 1 to 128 of {@code a-z 0-9 . _ -}, first and last a letter or digit. ASCII, so one form only. */
public record ModelName(String value) implements Comparable<ModelName> {

    public static final int LENGTH_MAX = 128;
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,126}[a-z0-9])?");

    public ModelName {
        if (value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a model name of " + value.length() + " characters; at most " + LENGTH_MAX);
        }
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a model name is made of a-z, 0-9, '.', '_' and '-', and starts and ends with a letter or digit");
        }
    }

    @Override
    public int compareTo(ModelName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
