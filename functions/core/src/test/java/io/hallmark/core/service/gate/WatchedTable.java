package io.hallmark.core.service.gate;

import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A table that remembers what was written through it, and lets somebody else write first. */
public final class WatchedTable implements Table {

    private static final Comparator<Key> ORDER = Comparator.comparing(Key::pk).thenComparing(Key::sk);

    private final Table table;
    private final TreeSet<Key> written = new TreeSet<>(ORDER);
    private final List<Rival> rivals = new ArrayList<>();

    private record Rival(String partition, Runnable happening) {}

    public WatchedTable(Table table) {
        this.table = table;
    }

    /** Before the next transaction that writes into a partition of this prefix, this happens. */
    public void beforeWriting(String partition, Runnable happening) {
        rivals.add(new Rival(partition, happening));
    }

    /** Every row that was written through this table, as it is now. */
    public Map<Key, Item> dump() {
        Map<Key, Item> dump = new TreeMap<>(ORDER);
        written.forEach(key -> table.get(key).ifPresent(item -> dump.put(key, item)));
        return dump;
    }

    /** The rows of partitions with this prefix. */
    public List<Item> rows(String partition) {
        return dump().values().stream()
                .filter(item -> item.key().pk().startsWith(partition))
                .toList();
    }

    @Override
    public Optional<Item> get(Key key) {
        return table.get(key);
    }

    @Override
    public Page query(Query query) {
        return table.query(query);
    }

    @Override
    public Page queryIndex(Index index, Query query) {
        return table.queryIndex(index, query);
    }

    @Override
    public Outcome transact(Transaction transaction) {
        List<Rival> first = rivals.stream()
                .filter(found -> transaction.writes().stream()
                        .anyMatch(write -> write.key().pk().startsWith(found.partition())))
                .toList();
        rivals.removeAll(first);
        first.forEach(found -> found.happening().run());
        Outcome outcome = table.transact(transaction);
        if (outcome.committed()) {
            transaction.writes().forEach(write -> written.add(write.key()));
        }
        return outcome;
    }
}
