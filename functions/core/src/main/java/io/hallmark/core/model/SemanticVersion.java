package io.hallmark.core.model;

import java.util.Comparator;
import java.util.regex.Pattern;

/** A semantic version {@code major.minor.patch} (semver.org 2.0.0, without pre-release and build parts). */
public record SemanticVersion(long major, long minor, long patch) implements Comparable<SemanticVersion> {

    private static final Pattern SHAPE = Pattern.compile("(?:0|[1-9]\\d{0,8})(?:\\.(?:0|[1-9]\\d{0,8})){2}");
    private static final Comparator<SemanticVersion> ORDER = Comparator.comparingLong(SemanticVersion::major)
            .thenComparingLong(SemanticVersion::minor)
            .thenComparingLong(SemanticVersion::patch);

    public SemanticVersion {
        if (major < 0 || minor < 0 || patch < 0) {
            throw new IllegalArgumentException("a semantic version has no negative part");
        }
    }

    public static SemanticVersion parse(String text) {
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a version is major.minor.patch, each a number without leading zeros, at most 9 digits");
        }
        String[] parts = text.split("\\.", -1);
        return new SemanticVersion(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    @Override
    public int compareTo(SemanticVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
