package io.hallmark.core.lineage;

import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import java.math.BigDecimal;
import java.util.List;

/**
 * Refuses, at any depth, field names that mean something to other programs (JavaScript prototypes, query operators, state
 * machine paths), and numbers that no IEEE 754 double can hold.
 */
public final class FieldNames implements Json.Cases<Boolean> {

    private static final int LENGTH_MAX = 256;
    private static final int EXPONENT_MAX = 308;

    private final String pointer;
    private final List<Violation> violations;

    private FieldNames(String pointer, List<Violation> violations) {
        this.pointer = pointer;
        this.violations = violations;
    }

    public static void check(Json value, List<Violation> violations) {
        value.match(new FieldNames("", violations));
    }

    @Override
    public Boolean object(Json.Obj value) {
        value.fields().forEach((name, field) -> {
            String below = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            if (hostile(name)) {
                violations.add(new Violation(below, "FIELD_NAME", "a field may not have this name"));
            }
            field.match(new FieldNames(below, violations));
        });
        return true;
    }

    @Override
    public Boolean array(Json.Arr value) {
        for (int i = 0; i < value.items().size(); i++) {
            value.items().get(i).match(new FieldNames(pointer + "/" + i, violations));
        }
        return true;
    }

    @Override
    public Boolean number(Json.Num value) {
        BigDecimal number = value.value();
        long exponent = (long) number.precision() - number.scale() - 1;
        if (exponent > EXPONENT_MAX + 1 || exponent < -EXPONENT_MAX - 1) {
            violations.add(new Violation(pointer, "NUMBER_RANGE", "a number with the exponent " + exponent));
        } else if (Double.isInfinite(number.doubleValue())) {
            violations.add(new Violation(pointer, "NUMBER_NOT_FINITE", "a number larger than any double"));
        } else if (number.scale() <= 0 && number.abs().compareTo(INTEGER_MAX) > 0 && !exact(number)) {
            violations.add(new Violation(pointer, "NUMBER_RANGE", "a whole number that no double holds exactly"));
        }
        return true;
    }

    private static final BigDecimal INTEGER_MAX = BigDecimal.valueOf(io.hallmark.core.json.CanonicalJson.INTEGER_MAX);

    private static boolean exact(BigDecimal number) {
        return new BigDecimal(number.doubleValue()).compareTo(number) == 0;
    }

    @Override
    public Boolean text(Json.Text value) {
        return true;
    }

    @Override
    public Boolean bool(Json.Bool value) {
        return true;
    }

    @Override
    public Boolean nothing(Json.Nothing value) {
        return true;
    }

    private static boolean hostile(String name) {
        return name.isEmpty()
                || name.length() > LENGTH_MAX
                || name.startsWith("$")
                || name.endsWith(".$")
                || name.startsWith("__")
                || name.codePoints().anyMatch(FilePath::hidden);
    }
}
