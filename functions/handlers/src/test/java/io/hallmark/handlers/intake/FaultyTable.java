package io.hallmark.handlers.intake;

import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import java.util.Optional;

/** A table between whose calls things happen, and after whose commits the answer may be lost. */
record FaultyTable(Table table, Faults faults) implements Table {

    @Override
    public Optional<Item> get(Key key) {
        faults.before();
        return table.get(key);
    }

    @Override
    public Page query(Query query) {
        faults.before();
        return table.query(query);
    }

    @Override
    public Page queryIndex(Index index, Query query) {
        faults.before();
        return table.queryIndex(index, query);
    }

    @Override
    public Outcome transact(Transaction transaction) {
        faults.before();
        Outcome outcome = table.transact(transaction);
        faults.after();
        return outcome;
    }
}
