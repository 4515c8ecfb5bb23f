package io.hallmark.core.memory;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table in memory: for simulations and tests. Its indexes lag on purpose, always by the same number of operations. */
public final class MemoryTable implements Table {

    /** How many operations an index lags behind, unless a test says otherwise. */
    public static final int LAG = 3;

    private final Partitions items = new Partitions(Optional.empty());
    private final LaggingIndexes indexes;
    private final Tokens tokens;

    /** A table whose time stands still: tokens never expire. */
    public MemoryTable() {
        this(InstantSource.fixed(Instant.EPOCH));
    }

    public MemoryTable(InstantSource clock) {
        this(clock, LAG);
    }

    /** A table whose indexes show a change after {@code lag} later operations; 0 for at once. */
    public MemoryTable(InstantSource clock, int lag) {
        this.indexes = new LaggingIndexes(lag);
        this.tokens = new Tokens(clock);
    }

    /** Lets the indexes show everything that committed. */
    public synchronized void catchUp() {
        indexes.catchUp();
    }

    @Override
    public synchronized Optional<Item> get(Key key) {
        indexes.tick();
        return find(key);
    }

    @Override
    public synchronized Page query(Query query) {
        indexes.tick();
        return items.page(query);
    }

    @Override
    public synchronized Page queryIndex(Index index, Query query) {
        indexes.tick();
        return indexes.page(index, query);
    }

    @Override
    public synchronized Outcome transact(Transaction transaction) {
        indexes.tick();
        if (tokens.repeated(transaction)) {
            return new Outcome.Committed();
        }
        List<Optional<Outcome.Refusal>> refusals = new ArrayList<>();
        for (Write write : transaction.writes()) {
            Optional<Item> found = find(write.key());
            Optional<Json.Obj> attributes = found.map(Item::attributes);
            boolean holds = write.conditions().stream().allMatch(condition -> condition.holds(attributes));
            refusals.add(holds ? Optional.empty() : Optional.of(new Outcome.Refusal(write.key(), found)));
        }
        if (refusals.stream().anyMatch(Optional::isPresent)) {
            return new Outcome.Refused(refusals);
        }
        transaction.writes().forEach(this::apply);
        tokens.committed(transaction);
        return new Outcome.Committed();
    }

    private Optional<Item> find(Key key) {
        return items.find(key.pk(), Place.of(key));
    }

    private void apply(Write write) {
        Key key = write.key();
        Optional<Item> before = find(key);
        Optional<Item> after = write.match(new Write.Cases<>() {
            @Override
            public Optional<Item> put(Write.Put put) {
                items.put(key.pk(), Place.of(key), put.item());
                return Optional.of(put.item());
            }

            @Override
            public Optional<Item> delete(Write.Delete delete) {
                items.remove(key.pk(), Place.of(key));
                return Optional.empty();
            }

            @Override
            public Optional<Item> check(Write.Check check) {
                return before;
            }
        });
        if (!before.equals(after)) {
            indexes.changed(before, after);
        }
    }
}
