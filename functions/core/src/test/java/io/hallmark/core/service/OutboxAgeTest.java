package io.hallmark.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxAgeTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final MemoryTable table = new MemoryTable(() -> NOW);
    private final OutboxAge age = new OutboxAge(table, () -> NOW);

    private void waits(String model, Duration since) {
        List<Outbox.Message> message = List.of(new Outbox.Message.Publish("type", Json.object()));
        Commit.writes(table, Outbox.append(new ModelName(model), "model:" + model, 1, NOW.minus(since), message));
    }

    @Test
    void nothingThatWaitsHasNoAge() {
        assertThat(age.oldest()).isZero();
    }

    @Test
    void theOldestOfAllShardsCounts() {
        for (int model = 0; model < 30; model++) {
            waits("m" + model, Duration.ofSeconds(model));
        }
        assertThat(age.oldest()).isEqualTo(Duration.ofSeconds(29));
    }

    @Test
    void aMessageOfAClockAheadOfOursHasNoAgeYet() {
        waits("fraud", Duration.ofSeconds(-5));
        assertThat(age.oldest()).isZero();
    }
}
