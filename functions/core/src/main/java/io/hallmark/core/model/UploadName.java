package io.hallmark.core.model;

import java.util.regex.Pattern;

/** The folder that the files of one upload share: {@code incoming/{model}/{upload}/}. */
public record UploadName(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    public UploadName {
        if (!SHAPE.matcher(value).matches() || value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException("an upload name is 1 to 128 of A-Z, a-z, 0-9, '.', '_' and '-'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
