package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Status;
import java.time.Instant;
import java.util.Optional;

/** What an execution waits for in its present state. */
public sealed interface Phase {

    <T> T match(Cases<T> cases);

    /** One answer per phase. */
    interface Cases<T> {
        T entering(Entering phase);

        T waiting(Waiting phase);

        T attempting(Attempting phase);

        T backingOff(BackingOff phase);

        T mapping(Mapping phase);

        T ended(Ended phase);
    }

    /** The state is about to be entered; nothing to wait for. */
    record Entering() implements Phase {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.entering(this);
        }
    }

    /** A Wait state. */
    record Waiting(Instant until) implements Phase {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.waiting(this);
        }
    }

    /**
     * A task is at work: its function, or after that the holder of its token.
     *
     * @param token of a task that waits for an answer from outside
     * @param submitted the function of such a task has returned
     * @param deadline of this attempt
     * @param heartbeat the next sign of life is due then
     */
    record Attempting(Optional<String> token, boolean submitted, Instant deadline, Optional<Instant> heartbeat)
            implements Phase {

        Instant due() {
            return heartbeat.filter(beat -> beat.isBefore(deadline)).orElse(deadline);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.attempting(this);
        }
    }

    /** A retrier waits before its next attempt. */
    record BackingOff(Instant until) implements Phase {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.backingOff(this);
        }
    }

    /** The executions of a Map state's items are at work. */
    record Mapping() implements Phase {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.mapping(this);
        }
    }

    /** The end. */
    record Ended(Status status, Instant at, Optional<Json> output, Optional<String> error, Optional<String> cause)
            implements Phase {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.ended(this);
        }
    }
}
