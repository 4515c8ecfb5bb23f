package io.hallmark.core.model;

import java.util.regex.Pattern;

/**
 * A name that points to a version of a model: the grammar of a model name, and neither a number nor a semantic version, so
 * that it cannot be taken for one.
 */
public record AliasName(String value) {

    private static final Pattern VERSION = Pattern.compile("[0-9]+(?:\\.[0-9]+)*");

    public AliasName {
        try {
            new ModelName(value);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "an alias is 1 to " + ModelName.LENGTH_MAX
                            + " of a-z, 0-9, '.', '_' and '-', and starts and ends with a letter or digit",
                    refused);
        }
        if (VERSION.matcher(value).matches()) {
            throw new IllegalArgumentException("an alias is not a number or a version such as 1.2.0");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
