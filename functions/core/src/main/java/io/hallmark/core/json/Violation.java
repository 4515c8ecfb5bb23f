package io.hallmark.core.json;

import java.util.Optional;

/**
 * One thing that is wrong with an input: a JSON pointer (RFC 6901) to the place, a stable code, and a sentence.
 *
 * @param pointer where, {@code ""} for the whole document
 * @param code a stable code in capitals such as {@code REQUIRED}, {@code TYPE}, {@code UNKNOWN_FIELD}
 * @param reason what is wrong, with the numbers in it
 * @param place where in the text, if the input was one that people write
 */
public record Violation(String pointer, String code, String reason, Optional<Place> place) {

    /** A place in a text, both counted from 1. */
    public record Place(int line, int column) {
        @Override
        public String toString() {
            return "line " + line + ", column " + column;
        }
    }

    public Violation(String pointer, String code, String reason) {
        this(pointer, code, reason, Optional.empty());
    }

    /** The same, with its place in the text. */
    public Violation at(Place found) {
        return new Violation(pointer, code, found + ": " + reason, Optional.of(found));
    }

    /** As in answers. */
    public Json.Obj json() {
        return Json.object()
                .with("pointer", pointer)
                .withOptional("line", place.map(found -> Json.of(found.line())))
                .withOptional("column", place.map(found -> Json.of(found.column())))
                .with("code", code)
                .with("reason", reason);
    }
}
