package io.hallmark.core.store;

import java.util.List;
import java.util.Optional;

/** What became of a transaction. */
public sealed interface Outcome {

    /** All writes happened (now, or before under the same token). */
    record Committed() implements Outcome {}

    /**
     * No write happened: at least one condition did not hold. One answer per write, in order.
     *
     * @param refusals for each write, empty if its own conditions held
     */
    record Refused(List<Optional<Refusal>> refusals) implements Outcome {

        public Refused {
            refusals = List.copyOf(refusals);
        }

        /** The refusal of the write at this place, if it was one that was refused. */
        public Optional<Refusal> of(int write) {
            return refusals.get(write);
        }
    }

    /**
     * A condition of this write did not hold.
     *
     * @param found the item that was stored under its key, so that the caller needs no second read
     */
    record Refusal(Key key, Optional<Item> found) {}

    default boolean committed() {
        return this instanceof Committed;
    }
}
