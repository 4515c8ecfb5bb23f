package io.hallmark.core.memory;

import io.hallmark.core.store.Bus;
import java.util.ArrayList;
import java.util.List;

/** The bus in memory: keeps what was published, in order. */
public final class MemoryBus implements Bus {

    private final List<DomainEvent> published = new ArrayList<>();

    @Override
    public synchronized void publish(DomainEvent event) {
        published.add(event);
    }

    /** Everything published so far, repetitions included. */
    public synchronized List<DomainEvent> published() {
        return List.copyOf(published);
    }
}
