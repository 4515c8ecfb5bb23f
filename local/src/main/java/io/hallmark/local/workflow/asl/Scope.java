package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;

/**
 * What a path can see.
 *
 * @param data the root of paths that start with {@code $}
 * @param context the root of paths that start with {@code $$}
 */
record Scope(Json data, Context context) {

    Scope over(Json other) {
        return new Scope(other, context);
    }
}
