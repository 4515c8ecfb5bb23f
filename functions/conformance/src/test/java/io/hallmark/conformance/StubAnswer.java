package io.hallmark.conformance;

import io.hallmark.core.json.Json;

/** What a stub answers. */
record StubAnswer(int status, Json.Obj body) {

    static StubAnswer ok(Json.Obj body) {
        return new StubAnswer(200, body);
    }

    static StubAnswer refused(String type, Json.Obj body) {
        return new StubAnswer(400, body.with("__type", type));
    }

    /** Something that a stub does not know: a test must fail at it, not be misled. */
    static final class NotKnown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotKnown(String what) {
            super("the stub does not know " + what);
        }
    }
}
