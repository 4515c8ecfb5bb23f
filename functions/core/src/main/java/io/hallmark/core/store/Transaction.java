package io.hallmark.core.store;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes that happen together or not at all.
 *
 * @param token 1 to 36 characters that name this transaction. A second call with the same token and the same writes
 *     within {@link #TOKEN_LIFE} answers {@link Outcome.Committed} and changes nothing; with other writes it is refused as a
 *     programming error ({@link IllegalArgumentException}).
 * @param writes 1 to 100 writes, each on its own key, together at most 4 MB
 */
public record Transaction(String token, List<Write> writes) {

    public static final int WRITES_MAX = 100;
    public static final int BYTES_MAX = 4 * 1024 * 1024;
    public static final int ITEM_BYTES_MAX = 400 * 1024;
    public static final Duration TOKEN_LIFE = Duration.ofMinutes(10);
    private static final int TOKEN_LENGTH_MAX = 36;

    public Transaction {
        writes = List.copyOf(writes);
        if (token.isEmpty() || token.length() > TOKEN_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a token of " + token.length() + " characters; 1 to " + TOKEN_LENGTH_MAX);
        }
        if (writes.isEmpty() || writes.size() > WRITES_MAX) {
            throw new IllegalArgumentException("a transaction of " + writes.size() + " writes; 1 to " + WRITES_MAX);
        }
        long bytes = writes.stream().mapToLong(ItemLimits::bytes).sum();
        if (bytes > BYTES_MAX) {
            throw new IllegalArgumentException("a transaction of " + bytes + " bytes; at most " + BYTES_MAX);
        }
        Set<Key> keys = new HashSet<>();
        for (Write write : writes) {
            if (!keys.add(write.key())) {
                throw new IllegalArgumentException("two writes of one transaction on " + write.key());
            }
        }
    }
}
