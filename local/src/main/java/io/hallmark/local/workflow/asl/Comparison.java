package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The comparison operators of a Choice rule, named as the language names them, without the suffix {@code Path}. A value
 * of another type than the operator's never compares true.
 */
enum Comparison {
    StringEquals(texts(order -> order == 0)),
    StringLessThan(texts(order -> order < 0)),
    StringGreaterThan(texts(order -> order > 0)),
    StringLessThanEquals(texts(order -> order <= 0)),
    StringGreaterThanEquals(texts(order -> order >= 0)),
    StringMatches(patterns()),
    NumericEquals(numbers(order -> order == 0)),
    NumericLessThan(numbers(order -> order < 0)),
    NumericGreaterThan(numbers(order -> order > 0)),
    NumericLessThanEquals(numbers(order -> order <= 0)),
    NumericGreaterThanEquals(numbers(order -> order >= 0)),
    BooleanEquals(booleans()),
    TimestampEquals(times(order -> order == 0)),
    TimestampLessThan(times(order -> order < 0)),
    TimestampGreaterThan(times(order -> order > 0)),
    TimestampLessThanEquals(times(order -> order <= 0)),
    TimestampGreaterThanEquals(times(order -> order >= 0)),
    IsPresent(is(Optional::isPresent)),
    IsNull(is(found -> found.filter(value -> value == Json.Nothing.NULL).isPresent())),
    IsString(is(found -> found.filter(Json.Text.class::isInstance).isPresent())),
    IsNumeric(is(found -> found.filter(Json.Num.class::isInstance).isPresent())),
    IsBoolean(is(found -> found.filter(Json.Bool.class::isInstance).isPresent())),
    IsTimestamp(is(found -> found.flatMap(Comparison::time).isPresent()));

    private final Test test;

    Comparison(Test test) {
        this.test = test;
    }

    /**
     * What an operator does.
     *
     * @param takes whether a literal operand has the operator's type
     * @param hasPathForm whether there is an operator of the same name with the suffix Path
     */
    private record Test(Predicate<Json> takes, boolean hasPathForm, Holds holds) {}

    private interface Holds {
        boolean of(Optional<Json> found, Json operand);
    }

    boolean hasPathForm() {
        return test.hasPathForm();
    }

    boolean takes(Json operand) {
        return test.takes().test(operand);
    }

    boolean holds(Optional<Json> found, Json operand) {
        return test.holds().of(found, operand);
    }

    private static Test texts(IntPredicate wanted) {
        return new Test(
                Json.Text.class::isInstance,
                true,
                (found, operand) -> found.orElse(operand) instanceof Json.Text a
                        && operand instanceof Json.Text b
                        && found.isPresent()
                        && wanted.test(a.value().compareTo(b.value())));
    }

    private static Test numbers(IntPredicate wanted) {
        return new Test(
                Json.Num.class::isInstance,
                true,
                (found, operand) -> found.orElse(operand) instanceof Json.Num a
                        && operand instanceof Json.Num b
                        && found.isPresent()
                        && wanted.test(a.value().compareTo(b.value())));
    }

    private static Test booleans() {
        return new Test(
                Json.Bool.class::isInstance,
                true,
                (found, operand) -> operand instanceof Json.Bool
                        && found.filter(value -> value.equals(operand)).isPresent());
    }

    private static Test times(IntPredicate wanted) {
        return new Test(literal -> time(literal).isPresent(), true, (found, operand) -> {
            Optional<Instant> left = found.flatMap(Comparison::time);
            Optional<Instant> right = time(operand);
            return left.isPresent()
                    && right.isPresent()
                    && wanted.test(left.get().compareTo(right.get()));
        });
    }

    private static Test patterns() {
        return new Test(
                Json.Text.class::isInstance,
                false,
                (found, operand) -> found.orElse(operand) instanceof Json.Text a
                        && operand instanceof Json.Text b
                        && found.isPresent()
                        && wildcard(b.value()).matcher(a.value()).matches());
    }

    private static Test is(Predicate<Optional<Json>> type) {
        return new Test(
                Json.Bool.class::isInstance,
                false,
                (found, operand) -> Json.of(type.test(found)).equals(operand));
    }

    private static Optional<Instant> time(Json value) {
        return value instanceof Json.Text text ? Timestamps.parse(text.value()) : Optional.empty();
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
