package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;

/**
 * What a path can see.
 *
 * @param data the root of paths that start with {@code $}
 * @param context the context object, the root of paths that start with {@code $$}
 */
record Scope(Json data, Json.Obj context) {

    Scope over(Json other) {
        return new Scope(other, context);
    }
}
