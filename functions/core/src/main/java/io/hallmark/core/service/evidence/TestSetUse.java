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

    /**
     * The use of a set as last read.
     *
     * @param raise the write that counts one more; its transaction fails if the count has moved, and then this is read anew
     */
    public record Use(String digest, long count, Write raise) {}

    /** Decisions so far. */
    public long count(String digest) {
        return DatasetRows.count(table, digest);
    }

    public Use use(String digest) {
        long count = count(digest);
        return new Use(digest, count, DatasetRows.raise(digest, count));
    }
}
