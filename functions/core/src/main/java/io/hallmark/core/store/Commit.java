package io.hallmark.core.store;

import java.util.List;

/** Commits writes under a token made of what they say: the same change again is the same transaction. */
public final class Commit {

    private static final int TOKEN_LENGTH = 36;

    private Commit() {}

    /** Whether the writes happened; false when a condition did not hold. */
    public static boolean writes(Table table, List<Write> writes) {
        String token = TransactionDigest.of(writes).hex().substring(0, TOKEN_LENGTH);
        return table.transact(new Transaction(token, writes)).committed();
    }
}
