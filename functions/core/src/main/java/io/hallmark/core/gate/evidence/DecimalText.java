package io.hallmark.core.gate.evidence;

import java.nio.charset.StandardCharsets;

/** Reads decimal numbers from bytes: the double nearest to what is written, as {@link Double#parseDouble} gives it. */
final class DecimalText {

    private static final int DIGITS_MAX = 18;
    private static final int EXPONENT_MAX = 1_000_000;
    private static final int EXACT_POWER_MAX = 22;
    private static final long EXACT_MAX = 1L << 53;
    private static final int FIVES_MAX = 26;
    private static final int BITS = 55;
    private static final double[] TENS = new double[EXACT_POWER_MAX + 1];
    private static final long[] FIVES = new long[FIVES_MAX + 1];

    static {
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = TENS[i - 1] * 10;
        }
        FIVES[0] = 1;
        for (int i = 1; i < FIVES.length; i++) {
            FIVES[i] = FIVES[i - 1] * 5;
        }
    }

    private DecimalText() {}

    /**
     * The number in these bytes; NaN if they are no finite decimal number. Digits, and optionally a minus, a point with
     * digits on both sides, an exponent. Minus zero is zero.
     */
    static double parse(byte[] bytes, int from, int to) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        at += negative ? 1 : 0;
        long digits = 0;
        int count = 0;
        int scale = 0;
        int begin = at;
        for (; at < to && digit(bytes[at]); at++) {
            if (count < DIGITS_MAX) {
                digits = digits * 10 + bytes[at] - '0';
            }
            count += count > 0 || bytes[at] != '0' ? 1 : 0;
        }
        boolean whole = at > begin;
        if (at < to && bytes[at] == '.') {
            begin = ++at;
            for (; at < to && digit(bytes[at]); at++) {
                if (count < DIGITS_MAX) {
                    digits = digits * 10 + bytes[at] - '0';
                }
                count += count > 0 || bytes[at] != '0' ? 1 : 0;
            }
            scale = at - begin;
            whole &= scale > 0;
        }
        if (!whole) {
            return Double.NaN;
        }
        if (at < to) {
            int exponent = exponent(bytes, at, to);
            if (exponent == Integer.MIN_VALUE) {
                return Double.NaN;
            }
            scale -= exponent;
        }
        double value = count > DIGITS_MAX ? slow(bytes, from, to) : value(digits, scale, bytes, from, to);
        double signed = negative && value > 0 ? -value : value;
        return Double.isInfinite(signed) ? Double.NaN : signed + 0.0;
    }

    /** The exponent that begins here with its letter; {@link Integer#MIN_VALUE} if it is none. */
    private static int exponent(byte[] bytes, int from, int to) {
        int at = from + 1;
        boolean negative = at < to && bytes[at] == '-';
        at += at < to && (negative || bytes[at] == '+') ? 1 : 0;
        int exponent = 0;
        int begin = at;
        for (; at < to && digit(bytes[at]); at++) {
            exponent = Math.min(EXPONENT_MAX, exponent * 10 + bytes[at] - '0');
        }
        boolean is = (bytes[from] == 'e' || bytes[from] == 'E') && at == to && at > begin;
        return is ? (negative ? -exponent : exponent) : Integer.MIN_VALUE;
    }

    private static double value(long digits, int scale, byte[] bytes, int from, int to) {
        if (digits == 0) {
            return 0;
        }
        if (digits <= EXACT_MAX && Math.abs(scale) <= EXACT_POWER_MAX) {
            // Both are exact doubles, so the one operation rounds correctly.
            return scale >= 0 ? digits / TENS[scale] : digits * TENS[-scale];
        }
        return scale > 0 && scale <= FIVES_MAX ? quotient(digits, scale) : slow(bytes, from, to);
    }

    /** {@code digits / 10^scale}: divides by 5^scale to at least 55 bits, the last one sticky, and lets the conversion round. */
    private static double quotient(long digits, int scale) {
        long divisor = FIVES[scale];
        int room = Long.numberOfLeadingZeros(divisor) - 1;
        long quotient = digits / divisor;
        long rest = digits % divisor;
        int shift = 0;
        while (Long.SIZE - Long.numberOfLeadingZeros(quotient) < BITS) {
            int step = Math.min(room, BITS - (Long.SIZE - Long.numberOfLeadingZeros(quotient)));
            rest <<= step;
            quotient = (quotient << step) | (rest / divisor);
            rest %= divisor;
            shift += step;
        }
        return Math.scalb((double) (rest == 0 ? quotient : quotient | 1), -shift - scale);
    }

    private static double slow(byte[] bytes, int from, int to) {
        return Math.abs(Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.US_ASCII)));
    }

    private static boolean digit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
