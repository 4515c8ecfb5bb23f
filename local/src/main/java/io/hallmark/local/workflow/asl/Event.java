package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;

/** Something that happened to an execution. */
public sealed interface Event {

    <T> T match(Cases<T> cases);

    /** One answer per event. */
    interface Cases<T> {
        T due(Due event);

        T returned(Returned event);

        T failed(Failed event);

        T tokenSucceeded(TokenSucceeded event);

        T tokenFailed(TokenFailed event);

        T heartbeat(Heartbeat event);

        T mapped(Mapped event);

        T mapFailed(MapFailed event);

        T stopped(Stopped event);
    }

    /** Time has passed. */
    record Due() implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.due(this);
        }
    }

    /** The function of an attempt returned. */
    record Returned(long attempt, Json result) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.returned(this);
        }
    }

    /** The function of an attempt failed, or could not be called. */
    record Failed(long attempt, String error, String cause) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.failed(this);
        }
    }

    /** The holder of a token answered. */
    record TokenSucceeded(String token, Json output) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.tokenSucceeded(this);
        }
    }

    /** The holder of a token gave up. */
    record TokenFailed(String token, String error, String cause) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.tokenFailed(this);
        }
    }

    /** The holder of a token is alive. */
    record Heartbeat(String token) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.heartbeat(this);
        }
    }

    /** Every item's execution of a Map Run has succeeded; their outputs, in the order of the items. */
    record Mapped(long attempt, Json results) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.mapped(this);
        }
    }

    /** A Map Run failed: an item's execution did, or the outputs are too large together. */
    record MapFailed(long attempt, String error, String cause) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.mapFailed(this);
        }
    }

    /** Somebody stopped the execution. */
    record Stopped(String error, String cause) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.stopped(this);
        }
    }
}
