package io.hallmark.core.memory;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table in memory. */
public final class MemoryTable implements Table {

    private final Map<Key, Item> items = new HashMap<>();
    private final Map<String, List<Write>> tokens = new HashMap<>();

    @Override
    public synchronized Optional<Item> get(Key key) {
        return Optional.ofNullable(items.get(key));
    }

    @Override
    public Page query(Query query) {
        throw new UnsupportedOperationException("draft");
    }

    @Override
    public Page queryIndex(Index index, Query query) {
        throw new UnsupportedOperationException("draft");
    }

    @Override
    public synchronized Outcome transact(Transaction transaction) {
        List<Write> before = tokens.get(transaction.token());
        if (before != null) {
            if (!before.equals(transaction.writes())) {
                throw new IllegalArgumentException("the token " + transaction.token() + " was used with other writes");
            }
            return new Outcome.Committed();
        }
        List<Optional<Outcome.Refusal>> refusals = new ArrayList<>();
        boolean refused = false;
        for (Write write : transaction.writes()) {
            Optional<Item> found = get(write.key());
            Optional<Json.Obj> attributes = found.map(Item::attributes);
            boolean holds = write.conditions().stream().allMatch((Condition condition) -> condition.holds(attributes));
            refusals.add(holds ? Optional.empty() : Optional.of(new Outcome.Refusal(write.key(), found)));
            refused |= !holds;
        }
        if (refused) {
            return new Outcome.Refused(refusals);
        }
        transaction.writes().forEach(this::apply);
        tokens.put(transaction.token(), transaction.writes());
        return new Outcome.Committed();
    }

    private void apply(Write write) {
        write.match(new Write.Cases<Optional<Item>>() {
            @Override
            public Optional<Item> put(Write.Put put) {
                return Optional.ofNullable(items.put(put.key(), put.item()));
            }

            @Override
            public Optional<Item> delete(Write.Delete delete) {
                return Optional.ofNullable(items.remove(delete.key()));
            }

            @Override
            public Optional<Item> check(Write.Check check) {
                return Optional.empty();
            }
        });
    }
}
