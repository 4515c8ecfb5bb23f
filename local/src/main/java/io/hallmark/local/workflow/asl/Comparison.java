package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A comparison operator of Choice rules. A value of another type than the operator's never compares true.
 *
 * @param name as the language names it, without the suffix {@code Path}
 * @param hasPathForm whether there is an operator of the same name with that suffix
 * @param takes whether a literal operand has the operator's type
 * @param holds what was found, if anything, against the operand
 */
record Comparison(String name, boolean hasPathForm, Predicate<Json> takes, BiPredicate<Optional<Json>, Json> holds) {

    static final Comparison IS_PRESENT = typeTest("IsPresent", Optional::isPresent);

    static final List<Comparison> ALL = List.of(
            texts("StringEquals", order -> order == 0),
            texts("StringLessThan", order -> order < 0),
            texts("StringGreaterThan", order -> order > 0),
            texts("StringLessThanEquals", order -> order <= 0),
            texts("StringGreaterThanEquals", order -> order >= 0),
            new Comparison("StringMatches", false, Json.Text.class::isInstance, Comparison::matches),
            numbers("NumericEquals", order -> order == 0),
            numbers("NumericLessThan", order -> order < 0),
            numbers("NumericGreaterThan", order -> order > 0),
            numbers("NumericLessThanEquals", order -> order <= 0),
            numbers("NumericGreaterThanEquals", order -> order >= 0),
            new Comparison("BooleanEquals", true, Json.Bool.class::isInstance, Comparison::sameBoolean),
            times("TimestampEquals", order -> order == 0),
            times("TimestampLessThan", order -> order < 0),
            times("TimestampGreaterThan", order -> order > 0),
            times("TimestampLessThanEquals", order -> order <= 0),
            times("TimestampGreaterThanEquals", order -> order >= 0),
            IS_PRESENT,
            typeTest(
                    "IsNull",
                    found -> found.filter(value -> value == Json.Nothing.NULL).isPresent()),
            typeTest(
                    "IsString",
                    found -> found.filter(Json.Text.class::isInstance).isPresent()),
            typeTest(
                    "IsNumeric",
                    found -> found.filter(Json.Num.class::isInstance).isPresent()),
            typeTest(
                    "IsBoolean",
                    found -> found.filter(Json.Bool.class::isInstance).isPresent()),
            typeTest("IsTimestamp", found -> found.flatMap(Comparison::time).isPresent()));

    private static Comparison texts(String name, IntPredicate wanted) {
        return new Comparison(
                name,
                true,
                Json.Text.class::isInstance,
                (found, operand) -> ordered(found.flatMap(Comparison::text), text(operand), wanted));
    }

    private static Comparison numbers(String name, IntPredicate wanted) {
        return new Comparison(
                name,
                true,
                Json.Num.class::isInstance,
                (found, operand) -> ordered(found.flatMap(Comparison::number), number(operand), wanted));
    }

    private static Comparison times(String name, IntPredicate wanted) {
        return new Comparison(
                name,
                true,
                literal -> time(literal).isPresent(),
                (found, operand) -> ordered(found.flatMap(Comparison::time), time(operand), wanted));
    }

    private static Comparison typeTest(String name, Predicate<Optional<Json>> type) {
        return new Comparison(
                name,
                false,
                Json.Bool.class::isInstance,
                (found, operand) -> Json.of(type.test(found)).equals(operand));
    }

    private static boolean sameBoolean(Optional<Json> found, Json operand) {
        return operand instanceof Json.Bool
                && found.filter(value -> value.equals(operand)).isPresent();
    }

    private static boolean matches(Optional<Json> found, Json operand) {
        Optional<String> text = found.flatMap(Comparison::text);
        return text.isPresent()
                && text(operand)
                        .filter(pattern -> wildcard(pattern).matcher(text.get()).matches())
                        .isPresent();
    }

    private static <T extends Comparable<T>> boolean ordered(Optional<T> left, Optional<T> right, IntPredicate wanted) {
        return left.isPresent() && right.isPresent() && wanted.test(left.get().compareTo(right.get()));
    }

    private static Optional<String> text(Json value) {
        return value instanceof Json.Text text ? Optional.of(text.value()) : Optional.empty();
    }

    private static Optional<BigDecimal> number(Json value) {
        return value instanceof Json.Num number ? Optional.of(number.value()) : Optional.empty();
    }

    private static Optional<Instant> time(Json value) {
        return text(value).flatMap(Timestamps::parse);
    }

    /** A star stands for any characters, {@code \*} for a star, {@code \\} for a backslash. */
    private static Pattern wildcard(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*') {
                regex.append(".*");
            } else {
                boolean escape = c == '\\' && i + 1 < text.length();
                regex.append(Pattern.quote(String.valueOf(escape ? text.charAt(++i) : c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
