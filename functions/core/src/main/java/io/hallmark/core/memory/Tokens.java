package io.hallmark.core.memory;

import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** The tokens of transactions that committed within the last ten minutes, with what they wrote. */
final class Tokens {

    private final InstantSource clock;
    private final Map<String, List<Write>> writes = new HashMap<>();
    private final Queue<Used> byAge = new ArrayDeque<>();

    Tokens(InstantSource clock) {
        this.clock = clock;
    }

    private record Used(String token, Instant until) {}

    /** Whether this very transaction committed before. */
    boolean repeated(Transaction transaction) {
        expire();
        Optional<List<Write>> before = Optional.ofNullable(writes.get(transaction.token()));
        if (before.isPresent() && !before.get().equals(transaction.writes())) {
            throw new IllegalArgumentException("the token " + transaction.token() + " was used with other writes");
        }
        return before.isPresent();
    }

    void committed(Transaction transaction) {
        writes.put(transaction.token(), transaction.writes());
        byAge.add(new Used(transaction.token(), clock.instant().plus(Transaction.TOKEN_LIFE)));
    }

    private void expire() {
        Instant now = clock.instant();
        while (!byAge.isEmpty() && !byAge.element().until().isAfter(now)) {
            writes.remove(byAge.remove().token());
        }
    }
}
