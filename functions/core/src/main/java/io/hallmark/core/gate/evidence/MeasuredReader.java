package io.hallmark.core.gate.evidence;

import io.hallmark.core.gate.policy.Rule.Slice;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads metrics overall, per slice and per group, as manifests and reports carry them. What is no usable number becomes a
 * broken reading and a violation with the same code, so that one caller can refuse it and another can keep it.
 */
final class MeasuredReader {

    static final String METRIC_TYPE = "METRIC_TYPE";
    static final String METRIC_RANGE = "METRIC_RANGE";
    static final int NAME_MAX = 256;

    private static final int METRICS_MAX = 1000;
    private static final int SLICES_MAX = 1000;
    private static final String STANDARD_ERROR = "_se";
    private static final String COUNT = "n";
    private static final Set<String> PLACE = Set.of("column", "value");

    private MeasuredReader() {}

    /** What was read. */
    record Measured(Map<String, Reading> overall, Map<Slice, Map<String, Reading>> slices) {}

    /** Reads the fields {@code overall}, {@code slices} and {@code groups} of this object. */
    static Measured read(ObjectReader object) {
        Map<String, Reading> overall = object.optionalObject("overall")
                .map(found -> readings(found, Set.of(), "the evaluation set"))
                .orElse(Map.of());
        Map<Slice, Map<String, Reading>> slices = new TreeMap<>();
        for (String kind : List.of("slices", "groups")) {
            for (ObjectReader each : object.optionalObjects(kind, SLICES_MAX, "LIMIT")) {
                slice(each, slices);
            }
        }
        return new Measured(overall, slices);
    }

    private static void slice(ObjectReader object, Map<Slice, Map<String, Reading>> slices) {
        Optional<Slice> slice = place(object);
        Map<String, Reading> readings =
                readings(object, PLACE, slice.map(found -> "the slice " + found).orElse("the slice"));
        slice.ifPresent(found -> {
            if (slices.putIfAbsent(found, readings) != null) {
                object.refuse("value", "DUPLICATE", "the slice " + found + " is there twice");
            }
        });
    }

    /** The column and the value of a slice. */
    static Optional<Slice> place(ObjectReader object) {
        Optional<String> column = object.text("column", NAME_MAX);
        Optional<String> value = object.text("value", NAME_MAX);
        return column.flatMap(name -> value.map(text -> new Slice(name, text)));
    }

    /** All fields but those apart as metrics; {@code x_se} is the standard error of {@code x}. */
    static Map<String, Reading> readings(ObjectReader object, Set<String> apart, String where) {
        if (object.names().size() > METRICS_MAX) {
            String first = object.names().iterator().next();
            object.refuse(first, "LIMIT", object.names().size() + " metrics; at most " + METRICS_MAX);
            return Map.of();
        }
        Optional<Long> n = count(object, where);
        Map<String, Reading> readings = new HashMap<>();
        for (String name : object.names()) {
            if (!apart.contains(name) && !name.startsWith("x-") && !isStandardError(object, name)) {
                readings.put(name, reading(object, name, n));
            }
        }
        return readings;
    }

    private static boolean isStandardError(ObjectReader object, String name) {
        return name.endsWith(STANDARD_ERROR)
                && object.names().contains(name.substring(0, name.length() - STANDARD_ERROR.length()));
    }

    private static Reading reading(ObjectReader object, String name, Optional<Long> n) {
        Reading value = number(object, name);
        String error = name + STANDARD_ERROR;
        if (!object.names().contains(error)) {
            return value instanceof Reading.Value read ? new Reading.Value(read.value(), Optional.empty(), n) : value;
        }
        Reading standardError = number(object, error);
        if (value instanceof Reading.Value read && standardError instanceof Reading.Value spread) {
            return new Reading.Value(read.value(), Optional.of(spread.value()), n);
        }
        return value instanceof Reading.Broken ? value : standardError;
    }

    private static Reading number(ObjectReader object, String name) {
        Json found = object.optional(name).orElse(Json.nothing());
        if (!(found instanceof Json.Num number)) {
            return broken(object, name, METRIC_TYPE, name + " is " + found.kind() + ", not a number");
        }
        BigDecimal value = number.value();
        return MetricRange.wrong(name, value)
                .map(sentence -> broken(object, name, METRIC_RANGE, sentence))
                .orElseGet(() -> new Reading.Value(value, Optional.empty(), Optional.empty()));
    }

    private static Reading broken(ObjectReader object, String name, String code, String sentence) {
        object.refuse(name, code, sentence);
        return new Reading.Broken(code, sentence);
    }

    private static Optional<Long> count(ObjectReader object, String where) {
        Optional<BigDecimal> found =
                object.optional(COUNT).filter(Json.Num.class::isInstance).map(value -> ((Json.Num) value).value());
        if (found.isEmpty() || found.get().signum() < 0) {
            return Optional.empty();
        }
        BigDecimal n = found.get();
        if (n.scale() > 0 || n.precision() - n.scale() > 18) {
            object.refuse(COUNT, "TYPE", "n is " + n + ", not a whole number of examples");
            return Optional.empty();
        }
        if (n.signum() == 0) {
            object.refuse(COUNT, "EMPTY_SLICE", where + " has no examples");
        }
        return Optional.of(n.longValueExact());
    }
}
