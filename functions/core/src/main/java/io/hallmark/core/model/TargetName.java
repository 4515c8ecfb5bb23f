package io.hallmark.core.model;

import java.util.regex.Pattern;

/** The name of a deployment target: the grammar of a model name, at most 64 characters. */
public record TargetName(String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?");

    public TargetName {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a target name is 1 to 64 of a-z, 0-9, '.', '_' and '-', and starts and ends with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
