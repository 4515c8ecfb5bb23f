package io.hallmark.core.service.query;

import io.hallmark.core.store.Bus;
import java.util.List;

/** Past domain events, in the order of their delivery. */
@FunctionalInterface
public interface EventFeed {

    /** The events after a place, at most {@code limit}; the empty text is the beginning. */
    Slice after(String place, int limit);

    /** Some events, and the place after the last of them. */
    record Slice(List<Bus.DomainEvent> events, String next) {

        public Slice {
            events = List.copyOf(events);
        }
    }
}
