package io.hallmark.core.store;

import io.hallmark.core.json.Json;

/** How many decisions were made on each evaluation set. */
public final class DatasetRows {

    private static final String COUNT = "count";

    private DatasetRows() {}

    /** Decisions so far on the set with this digest. */
    public static long count(Table table, String digest) {
        return table.get(Keys.datasetUse(digest))
                .map(item -> item.attributes().integer(COUNT))
                .orElse(0L);
    }

    /** The write that counts one more, if the count is still what was read. */
    public static Write raise(String digest, long read) {
        Condition unmoved = read == 0 ? Condition.absent() : Condition.equal(COUNT, Json.of(read));
        return Write.put(new Item(Keys.datasetUse(digest), Json.object().with(COUNT, read + 1)), unmoved);
    }
}
