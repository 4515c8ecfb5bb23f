package io.hallmark.core.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * The JSON Canonicalization Scheme (RFC 8785): one value, one text. Everything that is hashed or signed goes through
 * here. Field names sort by UTF-16 code units; numbers are written as ECMAScript writes an IEEE 754 double.
 */
public final class CanonicalJson {

    /** The largest whole number that a double holds exactly, 2^53 - 1 (RFC 7493 section 2.2). */
    public static final long INTEGER_MAX = 9_007_199_254_740_991L;

    private static final int DOUBLE_DIGITS_MAX = 17;
    private static final int PLAIN_EXPONENT_MAX = 21;
    private static final int PLAIN_EXPONENT_MIN = -6;

    private CanonicalJson() {}

    /**
     * The canonical text. Refuses numbers that are no finite double, and whole numbers beyond 2^53 - 1 of which a double
     * would change a digit.
     */
    public static String write(Json value) {
        return JsonWriter.write(value, CanonicalJson::number);
    }

    /** The canonical text in UTF-8: the bytes to hash. */
    public static byte[] bytes(Json value) {
        return JsonWriter.bytes(value, CanonicalJson::number);
    }

    /** ECMAScript Number::toString on the double nearest to this number (ECMA-262 section 6.1.6.1.20). */
    static String number(BigDecimal exact) {
        double value = exact.doubleValue();
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException("the number " + exact + " is larger than any double");
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(value);
        if (exact.scale() <= 0
                && exact.abs().compareTo(BigDecimal.valueOf(INTEGER_MAX)) > 0
                && shortest.compareTo(exact) != 0
                && new BigDecimal(value).compareTo(exact) != 0) {
            throw new IllegalArgumentException("the whole number " + exact.toPlainString() + " is no exact double");
        }
        String digits = shortest.unscaledValue().abs().toString();
        int pointAfter = digits.length() - shortest.scale();
        String sign = value < 0 ? "-" : "";
        return sign + layout(digits, pointAfter);
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < DOUBLE_DIGITS_MAX; digits++) {
            // Away from zero is the second choice: above a power of two doubles lie twice as far apart as below it.
            for (RoundingMode mode : List.of(RoundingMode.HALF_EVEN, RoundingMode.UP)) {
                BigDecimal rounded = exact.round(new MathContext(digits, mode));
                if (rounded.doubleValue() == value) {
                    return rounded.stripTrailingZeros();
                }
            }
        }
        return exact.round(new MathContext(DOUBLE_DIGITS_MAX, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
    }

    private static String layout(String digits, int pointAfter) {
        int count = digits.length();
        if (count <= pointAfter && pointAfter <= PLAIN_EXPONENT_MAX) {
            return digits + "0".repeat(pointAfter - count);
        }
        if (0 < pointAfter && pointAfter <= PLAIN_EXPONENT_MAX) {
            return digits.substring(0, pointAfter) + "." + digits.substring(pointAfter);
        }
        if (PLAIN_EXPONENT_MIN < pointAfter && pointAfter <= 0) {
            return "0." + "0".repeat(-pointAfter) + digits;
        }
        int exponent = pointAfter - 1;
        String mantissa = count == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
}
