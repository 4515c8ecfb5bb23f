package io.hallmark.local.workflow;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A table of which one write fails, before or after it happened; for good, if told so. */
final class FailingTable implements Table {

    private final Table inner;
    private final int failAt;
    private final boolean afterwards;
    private final boolean forGood;
    private final AtomicInteger writes = new AtomicInteger();

    FailingTable(Table inner, int failAt, boolean afterwards) {
        this(inner, failAt, afterwards, false);
    }

    private FailingTable(Table inner, int failAt, boolean afterwards, boolean forGood) {
        this.inner = inner;
        this.failAt = failAt;
        this.afterwards = afterwards;
        this.forGood = forGood;
    }

    /** A process that dies at this write: nothing works any more from there on. */
    FailingTable forGood() {
        return new FailingTable(inner, failAt, afterwards, true);
    }

    int writes() {
        return writes.get();
    }

    boolean isDead() {
        return forGood && writes.get() > failAt;
    }

    @Override
    public Optional<Item> get(Key key) {
        requireAlive();
        return inner.get(key);
    }

    @Override
    public Page query(Query query) {
        requireAlive();
        return inner.query(query);
    }

    @Override
    public Page queryIndex(Index index, Query query) {
        requireAlive();
        return inner.queryIndex(index, query);
    }

    @Override
    public Outcome transact(Transaction transaction) {
        requireAlive();
        if (writes.getAndIncrement() != failAt) {
            return inner.transact(transaction);
        }
        if (afterwards) {
            inner.transact(transaction);
        }
        throw failure();
    }

    private void requireAlive() {
        if (isDead()) {
            throw failure();
        }
    }

    private static RegistryFailure failure() {
        return new RegistryFailure.Unavailable("the disk is gone", Duration.ofSeconds(1));
    }

    @Override
    public String toString() {
        return failAt + (afterwards ? " stored" : " not stored");
    }
}
