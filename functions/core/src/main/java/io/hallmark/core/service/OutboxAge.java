package io.hallmark.core.service;

import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;

/** How long the outbox has been waiting. */
public final class OutboxAge {

    /** Messages of a shard that are looked at; where more wait, the first ones have waited long enough to say so. */
    private static final int LOOKED_AT = 100;

    private final Table table;
    private final InstantSource clock;

    public OutboxAge(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /** The age of the oldest message seen, zero if none waits. */
    public Duration oldest() {
        return IntStream.range(0, Outbox.SHARDS)
                .mapToObj(shard -> Outbox.waiting(table, shard, LOOKED_AT, Optional.empty()))
                .flatMap(page -> page.items().stream())
                .map(item -> Outbox.decode(item).at())
                .min(Instant::compareTo)
                .map(oldest -> Duration.between(oldest, clock.instant()))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }
}
