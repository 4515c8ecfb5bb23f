package io.hallmark.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Which version a unit (a user, a device) meets: the candidate iff the first four bytes of {@code SHA-256(salt + ":" +
 * unit)}, as an unsigned big-endian number modulo 10,000, are below its share in basis points. The salt stays for the
 * whole promotion, so whoever met the candidate at 5 % meets it at 25 % too.
 */
public final class Assignment {

    private static final int BPS_ALL = 10_000;

    private Assignment() {}

    /** Where a unit falls, 0 to 9,999. */
    public static int bucket(String salt, String unit) {
        byte[] digest = Digests.sha256((salt + ":" + unit).getBytes(StandardCharsets.UTF_8));
        return (int) (Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt()) % BPS_ALL);
    }

    /** Whether the candidate serves this unit at this share. */
    public static boolean isCandidate(String salt, String unit, int candidateBps) {
        return bucket(salt, unit) < candidateBps;
    }
}
