package io.hallmark.core.gate.policy;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exact decimal with the unit that its text carries, if any. {@code kB}, {@code MB}, {@code GB} are powers of 1,000
 * bytes; {@code KiB}, {@code MiB}, {@code GiB} powers of 1,024.
 *
 * @param value as written, except that bytes are converted
 */
record Quantity(BigDecimal value, Optional<Rule.Unit> unit) {

    private static final int TEXT_MAX = 40;
    private static final BigDecimal MAGNITUDE_MAX = BigDecimal.TEN.pow(18);
    private static final int SCALE_MAX = 18;
    private static final Pattern SHAPE =
            Pattern.compile("(-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?)(?: ?(%|ms|B|kB|MB|GB|KiB|MiB|GiB))?");
    private static final Map<String, Long> BYTES = Map.of(
            "B", 1L,
            "kB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30);

    /**
     * The quantity in a number or a string.
     *
     * @throws IllegalArgumentException with a sentence if there is none
     */
    static Quantity of(Json json) {
        if (json instanceof Json.Num number) {
            return new Quantity(sized(number.value()), Optional.empty());
        }
        if (!(json instanceof Json.Text text)) {
            throw new IllegalArgumentException("expected a number, found " + json.kind());
        }
        Matcher parts = SHAPE.matcher(text.value());
        if (text.value().length() > TEXT_MAX || !parts.matches()) {
            throw new IllegalArgumentException(
                    "expected a plain decimal such as 0.005, '2 %', '100 ms' or '500 MB', found "
                            + Words.shown(text.value()));
        }
        BigDecimal value = sized(new BigDecimal(parts.group(1)));
        String unit = Optional.ofNullable(parts.group(2)).orElse("");
        return switch (unit) {
            case "" -> new Quantity(value, Optional.empty());
            case "%" -> new Quantity(value, Optional.of(Rule.Unit.PERCENT));
            case "ms" -> new Quantity(value, Optional.of(Rule.Unit.MS));
            default -> {
                BigDecimal factor =
                        BigDecimal.valueOf(Optional.ofNullable(BYTES.get(unit)).orElse(1L));
                yield new Quantity(value.multiply(factor), Optional.of(Rule.Unit.BYTES));
            }
        };
    }

    /** The number alone, where a unit makes no sense. */
    static BigDecimal plain(Json json) {
        Quantity quantity = of(json);
        if (quantity.unit().isPresent()) {
            throw new IllegalArgumentException("expected a number without a unit");
        }
        return quantity.value();
    }

    private static BigDecimal sized(BigDecimal value) {
        if (value.abs().compareTo(MAGNITUDE_MAX) > 0 || value.scale() > SCALE_MAX) {
            throw new IllegalArgumentException("a number beyond 10^18, or with more than 18 digits after the point");
        }
        return value;
    }
}
