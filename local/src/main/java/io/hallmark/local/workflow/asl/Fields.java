package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The fields of one object of a definition. What nobody asked for is a problem when the object is finished. */
final class Fields {

    private static final long SECONDS_MAX = 99_999_999;

    private final Json.Obj object;
    private final String where;
    private final List<String> problems;
    private final Set<String> asked = new HashSet<>();

    Fields(Json.Obj object, String where, List<String> problems) {
        this.object = object;
        this.where = where;
        this.problems = problems;
        asked.add("Comment");
    }

    Json.Obj object() {
        return object;
    }

    void problem(String sentence) {
        problems.add(where + ": " + sentence);
    }

    boolean has(String name) {
        return object.has(name);
    }

    Set<String> names() {
        return object.fields().keySet();
    }

    /** The value, also when it is null. */
    Optional<Json> take(String name) {
        asked.add(name);
        return object.find(name);
    }

    Optional<String> text(String name) {
        return typed(name, Json.Text.class, "a string").map(Json.Text::value);
    }

    String requiredText(String name) {
        return required(name, text(name)).orElse("");
    }

    Optional<List<Json>> list(String name) {
        return typed(name, Json.Arr.class, "an array").map(Json.Arr::items);
    }

    Optional<Boolean> flag(String name) {
        return typed(name, Json.Bool.class, "true or false").map(Json.Bool::value);
    }

    Optional<BigDecimal> number(String name) {
        return typed(name, Json.Num.class, "a number").map(Json.Num::value);
    }

    /** A whole number from {@code min} to 99,999,999, the language's largest. */
    Optional<Long> whole(String name, long min) {
        return number(name).flatMap(value -> {
            boolean inRange = value.scale() <= 0
                    && value.compareTo(BigDecimal.valueOf(min)) >= 0
                    && value.compareTo(BigDecimal.valueOf(SECONDS_MAX)) <= 0;
            if (!inRange) {
                problem(name + " is " + value.toPlainString() + "; a whole number from " + min + " to " + SECONDS_MAX);
            }
            return inRange ? Optional.of(value.longValueExact()) : Optional.empty();
        });
    }

    Optional<Path> path(String name) {
        return text(name).flatMap(text -> read(name, text, Path::parse));
    }

    /** InputPath or OutputPath: the whole when it is not given, empty when it is null. */
    Optional<Path> pathOrNull(String name) {
        return object.find(name).filter(value -> value == Json.Nothing.NULL).isPresent()
                ? take(name).flatMap(isNull -> Optional.empty())
                : Optional.of(path(name).orElse(Path.parse("$")));
    }

    ResultPlace resultPlace() {
        Optional<Path> path = pathOrNull("ResultPath");
        path.filter(place -> place.ofContext() || place.hasPlaces())
                .ifPresent(place -> problem("ResultPath " + place.text() + " is not played; fields below $ are"));
        return new ResultPlace(path);
    }

    Optional<Template> template(String name) {
        return template(name, Template::of);
    }

    Optional<Template> template(String name, Function<Json, Template> reader) {
        return take(name).flatMap(json -> {
            if (!(json instanceof Json.Obj)) {
                problem(name + " is " + json.kind() + "; an object");
                return Optional.empty();
            }
            return read(name, json, reader);
        });
    }

    <A, B> Optional<B> read(String name, A from, Function<A, B> reader) {
        try {
            return Optional.of(reader.apply(from));
        } catch (IllegalArgumentException refused) {
            problem(name + ": " + refused.getMessage());
            return Optional.empty();
        }
    }

    <T> Optional<T> required(String name, Optional<T> value) {
        if (value.isEmpty() && !object.has(name)) {
            problem("the field " + name + " is missing");
        }
        return value;
    }

    void finish() {
        for (String name : object.fields().keySet()) {
            if (!asked.contains(name)) {
                problem("the field " + name + " is not played");
            }
        }
    }

    private <T extends Json> Optional<T> typed(String name, Class<T> type, String expected) {
        return take(name).flatMap(json -> {
            if (!type.isInstance(json)) {
                problem(name + " is " + json.kind() + "; expected " + expected);
                return Optional.empty();
            }
            return Optional.of(type.cast(json));
        });
    }
}
