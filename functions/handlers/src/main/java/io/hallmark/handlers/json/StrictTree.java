package io.hallmark.handlers.json;

import com.fasterxml.jackson.core.JsonParser;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds a value from outside and notes what JSON allows and the registry does not: numbers that are no finite double,
 * exponents that would take a machine down when written out, NUL, and characters that make text read otherwise than it
 * is stored (Unicode UAX #9, explicit directional formatting).
 */
final class StrictTree extends JsonTree {

    private static final int EXPONENT_MAX = 308;
    private static final int EXPONENT_DIGITS_MAX = 3;
    private static final int VIOLATIONS_MAX = 100;

    private final JsonParser parser;
    private final List<Violation> violations = new ArrayList<>();

    StrictTree(JsonParser parser) {
        super(parser);
        this.parser = parser;
    }

    /** The value, if nothing was noted. */
    Json accepted(Json value) {
        if (!violations.isEmpty()) {
            throw new RegistryFailure.Invalid(violations);
        }
        return value;
    }

    @Override
    String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new RegistryFailure.Malformed("JSON_ENCODING", "a string holds half of a surrogate pair");
            } else if (c == 0 || reorders(c)) {
                note("TEXT_CHARS", String.format("the character U+%04X is not allowed", (int) c));
                return text;
            }
        }
        return text;
    }

    @Override
    BigDecimal number(String digits) {
        int mark = Math.max(digits.indexOf('e'), digits.indexOf('E'));
        Optional<Integer> exponent = mark < 0 ? Optional.of(0) : exponent(digits.substring(mark + 1));
        if (exponent.isEmpty()) {
            note("NUMBER_RANGE", "an exponent of more than " + EXPONENT_DIGITS_MAX + " digits");
            return BigDecimal.ZERO;
        }
        BigDecimal number = new BigDecimal(digits);
        if (Double.isInfinite(number.doubleValue())) {
            note("NUMBER_NOT_FINITE", "the number is larger than any double");
        } else if (Math.abs(exponent.get()) > EXPONENT_MAX) {
            note("NUMBER_RANGE", "an exponent of " + exponent.get() + "; -" + EXPONENT_MAX + " to " + EXPONENT_MAX);
        }
        return number;
    }

    /** The exponent, empty if it is too long to be worth reading. */
    private static Optional<Integer> exponent(String signed) {
        boolean negative = signed.startsWith("-");
        String digits = signed.replaceFirst("^[+-]?0*(?=.)", "");
        if (digits.length() > EXPONENT_DIGITS_MAX) {
            return Optional.empty();
        }
        int value = Integer.parseInt(digits);
        return Optional.of(negative ? -value : value);
    }

    private static boolean reorders(char c) {
        return (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    }

    private void note(String code, String reason) {
        if (violations.size() < VIOLATIONS_MAX) {
            String pointer = parser.getParsingContext().pathAsPointer().toString();
            violations.add(new Violation(pointer, code, reason));
        }
    }
}
