package io.hallmark.handlers.json;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A value that was read from a text, and where in the text everything stands: a field at its name, an item at its
 * beginning.
 *
 * @param places by JSON pointer
 */
public record PlacedJson(Json value, Map<String, Violation.Place> places) {

    private static final Violation.Place BEGINNING = new Violation.Place(1, 1);

    public PlacedJson {
        places = Map.copyOf(places);
    }

    /** The place of what this pointer points to; of what it would stand in if it is missing. */
    public Violation.Place place(String pointer) {
        for (String at = pointer; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
            Violation.Place found = places.get(at);
            if (found != null) {
                return found;
            }
        }
        return places.getOrDefault("", BEGINNING);
    }

    /** What {@code read} makes of the value; what it refuses carries lines and columns. */
    public <T> T read(Function<Json, T> read) {
        try {
            return read.apply(value);
        } catch (RegistryFailure.Invalid refused) {
            throw new RegistryFailure.Invalid(placed(refused.violations()));
        }
    }

    private List<Violation> placed(List<Violation> violations) {
        return violations.stream()
                .map(found -> found.at(place(found.pointer())))
                .toList();
    }
}
