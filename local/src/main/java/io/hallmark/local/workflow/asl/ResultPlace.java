package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.util.Optional;

/**
 * A {@code ResultPath}: where a result goes in the raw input of its state.
 *
 * @param path empty when it is null, and the result is thrown away
 */
record ResultPlace(Optional<Path> path) {

    static final ResultPlace WHOLE = new ResultPlace(Optional.of(Path.parse("$")));

    Json put(Json rawInput, Json result) {
        return path.map(place -> place.set(rawInput, result)).orElse(rawInput);
    }
}
