package io.hallmark.core.memory;

import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The views of the indexes, late on purpose: a change shows after a fixed number of later operations of the table, in
 * order. So a caller that takes an index for the truth is wrong in every test, not in one night of production.
 */
final class LaggingIndexes {

    private final int lag;
    private final AtomicLong operations = new AtomicLong();
    private final Queue<Change> pending = new ArrayDeque<>();
    private final Map<Index, Partitions> views = new EnumMap<>(Index.class);

    LaggingIndexes(int lag) {
        this.lag = lag;
        for (Index index : Index.values()) {
            views.put(index, new Partitions(Optional.of(index)));
        }
    }

    private record Change(long due, Optional<Item> before, Optional<Item> after) {}

    /** Counts an operation and shows what is due. */
    void tick() {
        long now = operations.incrementAndGet();
        while (!pending.isEmpty() && pending.element().due() <= now) {
            show(pending.remove());
        }
    }

    void changed(Optional<Item> before, Optional<Item> after) {
        pending.add(new Change(operations.get() + lag, before, after));
    }

    void catchUp() {
        while (!pending.isEmpty()) {
            show(pending.remove());
        }
    }

    Page page(Index index, Query query) {
        return view(index).page(query);
    }

    private void show(Change change) {
        for (Index index : Index.values()) {
            change.before()
                    .ifPresent(item -> key(index, item)
                            .ifPresent(key -> view(index).remove(key.pk(), new Place(key.sk(), item.key()))));
            change.after()
                    .ifPresent(item -> key(index, item)
                            .ifPresent(key -> view(index).put(key.pk(), new Place(key.sk(), item.key()), item)));
        }
    }

    private Partitions view(Index index) {
        return Optional.ofNullable(views.get(index)).orElseThrow();
    }

    private static Optional<Key> key(Index index, Item item) {
        return index.keyOf(item.attributes());
    }
}
