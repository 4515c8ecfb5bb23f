package io.hallmark.core.service.evidence;

import io.hallmark.core.store.DatasetRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Write;

/**
 * Counts the decisions that were made on each evaluation set. Every decision that looks at a set uses some of it up (Dwork
 * et al., "The reusable holdout", Science 349, 2015).
 */
public final class TestSetUse {

    private final Table table;

    public TestSetUse(Table table) {
        this.table = table;
    }

    /** Decisions so far. */
    public long count(String digest) {
        return DatasetRows.count(table, digest);
    }

    /** The write that counts one more; its transaction fails if there were not so many before. */
    public Write raise(String digest, long count) {
        return DatasetRows.raise(digest, count);
    }
}
