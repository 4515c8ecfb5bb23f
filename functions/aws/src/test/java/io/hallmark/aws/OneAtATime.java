package io.hallmark.aws;

import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import java.util.Optional;

/**
 * A table that is asked one thing at a time: for moto, which undoes a refused transaction by bringing back the whole
 * state from before it, and with that undoes what others committed meanwhile.
 */
record OneAtATime(Table table) implements Table {

    @Override
    public synchronized Optional<Item> get(Key key) {
        return table.get(key);
    }

    @Override
    public synchronized Page query(Query query) {
        return table.query(query);
    }

    @Override
    public synchronized Page queryIndex(Index index, Query query) {
        return table.queryIndex(index, query);
    }

    @Override
    public synchronized Outcome transact(Transaction transaction) {
        return table.transact(transaction);
    }
}
