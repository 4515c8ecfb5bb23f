package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reference path of the Amazon States Language: it names at most one node. {@code $.a.b}, {@code $['a b']},
 * {@code $.items[0]}, and the same below {@code $$}, the context object. Everything else that JSONPath knows (wildcards,
 * slices, filters, descent, functions) is refused when the machine is loaded.
 */
record Path(String text, boolean ofContext, List<Step> steps) {

    private static final Pattern STEP =
            Pattern.compile("\\.([\\p{L}_][\\p{L}\\p{N}_-]*)|\\['([^'\\\\]+)'\\]|\\[(\\d{1,9})\\]");

    private static final Pattern CONTEXT = Pattern.compile(
            "\\$\\$\\.(Execution\\.(Id|Name|StartTime|Input(\\W.*)?)|State\\.(Name|EnteredTime|RetryCount)"
                    + "|StateMachine\\.(Id|Name)|Task\\.Token)");

    private static final Pattern MAP_ITEM = Pattern.compile("\\$\\$\\.Map\\.Item\\.(Index|Value([.\\[].*)?)");

    Path {
        steps = List.copyOf(steps);
    }

    /** A field of an object, or a place in an array. */
    record Step(String field, OptionalInt place) {

        Optional<Json> from(Json node) {
            if (place.isEmpty()) {
                return node instanceof Json.Obj object ? object.find(field) : Optional.empty();
            }
            return node instanceof Json.Arr array
                            && place.getAsInt() < array.items().size()
                    ? Optional.of(array.items().get(place.getAsInt()))
                    : Optional.empty();
        }
    }

    /** Reads a path; an {@link IllegalArgumentException} says what is beyond a reference path. */
    static Path parse(String text) {
        return parse(text, false);
    }

    /** Reads a path of an ItemSelector, which also sees {@code $$.Map.Item}. */
    static Path parseOfItem(String text) {
        return parse(text, true);
    }

    private static Path parse(String text, boolean ofItem) {
        if (text.startsWith("States.")) {
            throw new IllegalArgumentException("the intrinsic function " + text + " is not played");
        }
        if (!text.startsWith("$")) {
            throw new IllegalArgumentException("the path " + text + " does not start with $");
        }
        boolean ofContext = text.startsWith("$$");
        if (ofContext
                && !CONTEXT.matcher(text).matches()
                && !(ofItem && MAP_ITEM.matcher(text).matches())) {
            throw new IllegalArgumentException("the context path " + text + " is not played");
        }
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int at = ofContext ? 2 : 1;
        while (at < text.length()) {
            if (!step.find(at) || step.start() != at) {
                throw new IllegalArgumentException(
                        "the path " + text + " is no reference path: " + text.substring(at) + " names no single node");
            }
            steps.add(step(step));
            at = step.end();
        }
        return new Path(text, ofContext, steps);
    }

    private static Step step(Matcher step) {
        if (step.group(3) != null) {
            return new Step("", OptionalInt.of(Integer.parseInt(step.group(3))));
        }
        return new Step(step.group(1) == null ? step.group(2) : step.group(1), OptionalInt.empty());
    }

    /** The node, if it is there. */
    Optional<Json> find(Scope scope) {
        Optional<Json> node = Optional.of(ofContext ? scope.context().object() : scope.data());
        for (Step step : steps) {
            node = node.flatMap(step::from);
        }
        return node;
    }

    /** The value with this node set; fields that are not there are made. */
    Json set(Json into, Json value) {
        return set(into, 0, value);
    }

    private Json set(Json into, int depth, Json value) {
        if (depth == steps.size()) {
            return value;
        }
        if (!(into instanceof Json.Obj object)) {
            throw new AslError(
                    AslError.RESULT_PATH, "Unable to apply ReferencePath " + text + " to input: found " + into.kind());
        }
        String field = steps.get(depth).field();
        Json below = object.find(field).orElse(Json.object());
        return object.with(field, set(below, depth + 1, value));
    }

    boolean hasPlaces() {
        return steps.stream().anyMatch(step -> step.place().isPresent());
    }
}
