package io.hallmark.local.checksum;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The checksum algorithms of the S3 API ("Checking object integrity" in the S3 user guide). */
public enum ChecksumAlgorithm {
    CRC32(4),
    CRC32C(4),
    CRC64NVME(8),
    SHA1(20),
    SHA256(32);

    private final int bytes;

    ChecksumAlgorithm(int bytes) {
        this.bytes = bytes;
    }

    /** The algorithm by its name in headers and XML, in any case. */
    public static Optional<ChecksumAlgorithm> named(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** {@code x-amz-checksum-crc32} and so on. */
    public String header() {
        return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
    }

    /** The element of XML bodies, {@code ChecksumCRC32} and so on. */
    public String element() {
        return "Checksum" + name();
    }

    /** How many bytes a value has. */
    public int bytes() {
        return bytes;
    }

    /** Whether the values of parts combine to the value of the whole: true for the cyclic ones only. */
    public boolean combines() {
        return switch (this) {
            case CRC32, CRC32C, CRC64NVME -> true;
            case SHA1, SHA256 -> false;
        };
    }

    /** A running checksum of no bytes yet. */
    public RunningChecksum start() {
        return switch (this) {
            case CRC32 -> RunningChecksum.of(new CRC32(), bytes);
            case CRC32C -> RunningChecksum.of(new CRC32C(), bytes);
            case CRC64NVME -> RunningChecksum.of(new Crc64Nvme(), bytes);
            case SHA1 -> RunningChecksum.of(digest("SHA-1"));
            case SHA256 -> RunningChecksum.of(digest("SHA-256"));
        };
    }

    /** A JDK digest that every platform has: MD5, SHA-1, SHA-256. */
    public static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + name, impossible);
        }
    }
}
