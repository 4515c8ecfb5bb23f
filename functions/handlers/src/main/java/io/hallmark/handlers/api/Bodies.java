package io.hallmark.handlers.api;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.json.Violation;
import io.hallmark.handlers.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the JSON body of a request, strictly and whole. */
final class Bodies {

    private Bodies() {}

    /**
     * What {@code read} makes of the body.
     *
     * @throws RegistryFailure.Invalid with everything that is wrong with it
     */
    static <T> T read(ApiRequest request, Function<ObjectReader, T> read) {
        List<Violation> violations = new ArrayList<>();
        ObjectReader body = ObjectReader.root(StrictJson.read(request.body().bytes()), violations)
                .orElseThrow(() -> new RegistryFailure.Invalid(violations));
        T value = read.apply(body);
        body.finish();
        if (!violations.isEmpty()) {
            throw new RegistryFailure.Invalid(violations);
        }
        return value;
    }
}
