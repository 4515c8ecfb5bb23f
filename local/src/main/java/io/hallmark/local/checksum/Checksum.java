package io.hallmark.local.checksum;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A checksum of an object or a part.
 *
 * @param value base64; for a composite one followed by a dash and the number of parts
 */
public record Checksum(ChecksumAlgorithm algorithm, Type type, String value) {

    /** What the value covers. */
    public enum Type {
        /** The bytes of the whole object. */
        FULL_OBJECT,
        /** The values of the parts, one after the other. */
        COMPOSITE
    }

    /** The checksum of a part, and how many bytes it has. */
    public record Part(Checksum checksum, long bytes) {}

    public static Checksum full(ChecksumAlgorithm algorithm, byte[] value) {
        return new Checksum(algorithm, Type.FULL_OBJECT, Base64.getEncoder().encodeToString(value));
    }

    /** Whether this is a value that the algorithm can have: base64 of the right number of bytes. */
    public static boolean wellFormed(ChecksumAlgorithm algorithm, String value) {
        try {
            return Base64.getDecoder().decode(value).length == algorithm.bytes();
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** The raw bytes of a value of type FULL_OBJECT. */
    public byte[] bytes() {
        return Base64.getDecoder().decode(value);
    }

    /** The checksum of an object made of these parts. FULL_OBJECT only for algorithms that combine. */
    public static Checksum ofParts(ChecksumAlgorithm algorithm, Type type, List<Part> parts) {
        return switch (type) {
            case COMPOSITE -> composite(algorithm, parts);
            case FULL_OBJECT -> combined(algorithm, parts);
        };
    }

    private static Checksum composite(ChecksumAlgorithm algorithm, List<Part> parts) {
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        parts.forEach(part -> values.writeBytes(part.checksum().bytes()));
        RunningChecksum running = algorithm.start();
        running.update(values.toByteArray(), 0, values.size());
        String value = Base64.getEncoder().encodeToString(running.value()) + "-" + parts.size();
        return new Checksum(algorithm, Type.COMPOSITE, value);
    }

    private static Checksum combined(ChecksumAlgorithm algorithm, List<Part> parts) {
        byte[] value = algorithm.start().value();
        for (Part part : parts) {
            value = CrcCombination.combine(algorithm, value, part.checksum().bytes(), part.bytes());
        }
        return full(algorithm, value);
    }

    /** One line for a row of a table; {@link #read} reads it back. */
    public String line() {
        return algorithm + " " + type + " " + value;
    }

    /** Reads what {@link #line} wrote; empty for an empty line. */
    public static Optional<Checksum> read(String line) {
        if (line.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = List.of(line.split(" ", -1));
        return Optional.of(
                new Checksum(ChecksumAlgorithm.valueOf(words.get(0)), Type.valueOf(words.get(1)), words.get(2)));
    }
}
