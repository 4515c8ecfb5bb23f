package io.hallmark.core.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads an object that came from outside, strictly: every field is asked for by name and type, and whatever was not
 * asked for is a violation when the object is {@linkplain #finish finished} (names that start with {@code x-} are free).
 * Nothing is thrown while reading; all violations are collected, so that a caller learns of all of them at once. An
 * accessor answers empty both for an absent optional field and for a field that was in violation.
 */
public final class ObjectReader {

    private static final String FREE_PREFIX = "x-";

    private final Json.Obj object;
    private final String pointer;
    private final List<Violation> violations;
    private final Set<String> asked = new HashSet<>();

    private ObjectReader(Json.Obj object, String pointer, List<Violation> violations) {
        this.object = object;
        this.pointer = pointer;
        this.violations = violations;
    }

    /** A reader of the root. A root that is no object is one violation, and every required field then stays silent. */
    public static Optional<ObjectReader> root(Json json, List<Violation> violations) {
        return of(json, "", violations);
    }

    /** A reader of a value found at this pointer. */
    public static Optional<ObjectReader> of(Json json, String pointer, List<Violation> violations) {
        if (json instanceof Json.Obj object) {
            return Optional.of(new ObjectReader(object, pointer, violations));
        }
        violations.add(new Violation(pointer, "TYPE", "expected an object, found " + json.kind()));
        return Optional.empty();
    }

    /** The pointer of this object. */
    public String pointer() {
        return pointer;
    }

    /** The pointer of a field of this object. */
    public String pointerTo(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    public Set<String> names() {
        return object.fields().keySet();
    }

    /** Records a violation at a field of this object. */
    public void refuse(String name, String code, String reason) {
        violations.add(new Violation(pointerTo(name), code, reason));
    }

    /** The value of a field that must be there; null counts as missing. */
    public Optional<Json> required(String name) {
        Optional<Json> value = optional(name);
        if (value.isEmpty()) {
            refuse(name, "REQUIRED", "the field " + name + " is required");
        }
        return value;
    }

    /** The value of a field that may be missing; null counts as missing. */
    public Optional<Json> optional(String name) {
        asked.add(name);
        return object.find(name).filter(value -> value != Json.Nothing.NULL);
    }

    public Optional<String> text(String name, int lengthMax) {
        return required(name).flatMap(value -> asText(name, value, lengthMax));
    }

    public Optional<String> optionalText(String name, int lengthMax) {
        return optional(name).flatMap(value -> asText(name, value, lengthMax));
    }

    /** A required string with a grammar; the parser's {@link IllegalArgumentException} becomes the violation. */
    public <T> Optional<T> parsed(String name, String code, Function<String, T> parser) {
        return required(name).flatMap(value -> asParsed(name, code, value, parser));
    }

    public <T> Optional<T> optionalParsed(String name, String code, Function<String, T> parser) {
        return optional(name).flatMap(value -> asParsed(name, code, value, parser));
    }

    public Optional<Long> integer(String name, long min, long max) {
        return required(name).flatMap(value -> asInteger(name, value, min, max));
    }

    public Optional<Long> optionalInteger(String name, long min, long max) {
        return optional(name).flatMap(value -> asInteger(name, value, min, max));
    }

    public Optional<BigDecimal> decimal(String name) {
        return required(name).flatMap(value -> asDecimal(name, value));
    }

    public Optional<BigDecimal> optionalDecimal(String name) {
        return optional(name).flatMap(value -> asDecimal(name, value));
    }

    public Optional<Boolean> flag(String name) {
        return required(name).flatMap(value -> asFlag(name, value));
    }

    public Optional<Boolean> optionalFlag(String name) {
        return optional(name).flatMap(value -> asFlag(name, value));
    }

    public Optional<ObjectReader> object(String name) {
        return required(name).flatMap(value -> of(value, pointerTo(name), violations));
    }

    public Optional<ObjectReader> optionalObject(String name) {
        return optional(name).flatMap(value -> of(value, pointerTo(name), violations));
    }

    /** The objects of a required array, each as a reader; more than {@code countMax} items are one violation. */
    public List<ObjectReader> objects(String name, int countMax, String tooManyCode) {
        return required(name)
                .map(value -> asObjects(name, value, countMax, tooManyCode))
                .orElse(List.of());
    }

    public List<ObjectReader> optionalObjects(String name, int countMax, String tooManyCode) {
        return optional(name)
                .map(value -> asObjects(name, value, countMax, tooManyCode))
                .orElse(List.of());
    }

    /** The strings of an optional array. */
    public List<String> optionalTexts(String name, int countMax, int lengthMax) {
        List<String> texts = new ArrayList<>();
        optional(name).flatMap(value -> asArray(name, value, countMax, "LIMIT")).ifPresent(items -> {
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof Json.Text text && text.value().length() <= lengthMax) {
                    texts.add(text.value());
                } else {
                    String expected = "expected a string of at most " + lengthMax + " characters";
                    violations.add(new Violation(pointerTo(name) + "/" + i, "TYPE", expected));
                }
            }
        });
        return List.copyOf(texts);
    }

    /** Marks a field as known without reading it. */
    public void known(String name) {
        asked.add(name);
    }

    /** Says that all fields were asked for; what is left over is unknown. */
    public void finish() {
        for (String name : object.fields().keySet()) {
            if (!asked.contains(name) && !name.startsWith(FREE_PREFIX)) {
                refuse(name, "UNKNOWN_FIELD", "the field " + name + " is not known here");
            }
        }
    }

    private Optional<String> asText(String name, Json value, int lengthMax) {
        if (!(value instanceof Json.Text text)) {
            return wrongType(name, "a string", value);
        }
        if (text.value().length() > lengthMax) {
            refuse(name, "LIMIT", "a string of " + text.value().length() + " characters; at most " + lengthMax);
            return Optional.empty();
        }
        return Optional.of(text.value());
    }

    private <T> Optional<T> asParsed(String name, String code, Json value, Function<String, T> parser) {
        if (!(value instanceof Json.Text text)) {
            return wrongType(name, "a string", value);
        }
        try {
            return Optional.of(parser.apply(text.value()));
        } catch (IllegalArgumentException refused) {
            refuse(name, code, String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Long> asInteger(String name, Json value, long min, long max) {
        if (!(value instanceof Json.Num number)) {
            return wrongType(name, "a whole number", value);
        }
        BigDecimal exact = number.value();
        if (exact.scale() > 0) {
            refuse(name, "TYPE", "expected a whole number, found " + exact);
            return Optional.empty();
        }
        if (exact.compareTo(BigDecimal.valueOf(min)) < 0 || exact.compareTo(BigDecimal.valueOf(max)) > 0) {
            refuse(name, "RANGE", exact + " is outside " + min + " to " + max);
            return Optional.empty();
        }
        return Optional.of(exact.longValueExact());
    }

    private Optional<BigDecimal> asDecimal(String name, Json value) {
        return value instanceof Json.Num number ? Optional.of(number.value()) : wrongType(name, "a number", value);
    }

    private Optional<Boolean> asFlag(String name, Json value) {
        return value instanceof Json.Bool bool ? Optional.of(bool.value()) : wrongType(name, "true or false", value);
    }

    private List<ObjectReader> asObjects(String name, Json value, int countMax, String tooManyCode) {
        List<ObjectReader> readers = new ArrayList<>();
        asArray(name, value, countMax, tooManyCode).ifPresent(items -> {
            for (int i = 0; i < items.size(); i++) {
                of(items.get(i), pointerTo(name) + "/" + i, violations).ifPresent(readers::add);
            }
        });
        return List.copyOf(readers);
    }

    private Optional<List<Json>> asArray(String name, Json value, int countMax, String tooManyCode) {
        if (!(value instanceof Json.Arr array)) {
            return wrongType(name, "an array", value);
        }
        if (array.items().size() > countMax) {
            refuse(name, tooManyCode, array.items().size() + " items; at most " + countMax);
            return Optional.empty();
        }
        return Optional.of(array.items());
    }

    private <T> Optional<T> wrongType(String name, String expected, Json found) {
        refuse(name, "TYPE", "expected " + expected + ", found " + found.kind());
        return Optional.empty();
    }
}
