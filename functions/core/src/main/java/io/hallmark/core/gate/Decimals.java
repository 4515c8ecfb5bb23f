package io.hallmark.core.gate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Computed numbers become decimals of twelve significant digits before anything is compared, so that a gain of exactly the
 * bound passes, and another machine decides alike.
 */
final class Decimals {

    static final MathContext DIGITS = new MathContext(12, RoundingMode.HALF_EVEN);
    private static final MathContext SHOWN = new MathContext(4, RoundingMode.HALF_EVEN);
    private static final int PLACES = 5;

    private Decimals() {}

    /**
     * A finite number.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    static BigDecimal of(double value) {
        return finite(value)
                .orElseThrow(() -> new IllegalArgumentException(value + " is no number that can be compared"));
    }

    static Optional<BigDecimal> finite(double value) {
        return Double.isFinite(value) ? Optional.of(new BigDecimal(value).round(DIGITS)) : Optional.empty();
    }

    /** For sentences: five decimal places, or four significant digits where those would show nothing. */
    static String show(BigDecimal value) {
        BigDecimal places = value.setScale(PLACES, RoundingMode.HALF_EVEN);
        BigDecimal shown = places.signum() == 0 && value.signum() != 0 ? value.round(SHOWN) : places;
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }
}
