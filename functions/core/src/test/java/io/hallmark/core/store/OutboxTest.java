package io.hallmark.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.ModelName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final ModelName MODEL = new ModelName("fraud");
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void messagesWaitInTheOrderOfTheirEntries() {
        Table table = new MemoryTable();
        List<Outbox.Message> both = List.of(
                new Outbox.Message.Publish("promotion.started", Json.object().with("a", 1)),
                new Outbox.Message.StartFlow(
                        Flows.Machine.PROMOTION, "p-1", Json.object().with("b", 2)));
        List<Outbox.Message> later = List.of(new Outbox.Message.Publish("promotion.settled", Json.object()));

        TableFixture.commit(
                table, Outbox.append(MODEL, "model:fraud", 10, AT, later).toArray(Write[]::new));
        TableFixture.commit(
                table, Outbox.append(MODEL, "model:fraud", 9, AT, both).toArray(Write[]::new));

        List<Item> waiting =
                Outbox.waiting(table, Outbox.shard(MODEL), 10, Optional.empty()).items();
        assertThat(waiting)
                .extracting(item -> Outbox.decode(item).message())
                .containsExactly(both.get(0), both.get(1), later.get(0));
        assertThat(waiting).extracting(item -> Outbox.decode(item).at()).containsOnly(AT);
        assertThat(waiting).extracting(item -> Outbox.decode(item).model()).containsOnly(MODEL);
    }

    @Test
    void theShardOfAModelNeverChanges() {
        assertThat(Outbox.shard(new ModelName("fraud"))).isEqualTo(0);
        assertThat(Outbox.shard(new ModelName("churn"))).isEqualTo(0);
    }

    @Test
    void anEventThatNoBusCouldCarryIsRefusedBeforeItIsCommitted() {
        Json.Obj largest = Json.object().with("text", "x".repeat(Outbox.DETAIL_BYTES_MAX - 11));
        Json.Obj tooLarge = Json.object().with("text", "x".repeat(Outbox.DETAIL_BYTES_MAX - 10));

        assertThat(new Outbox.Message.Publish("type", largest).detail()).isEqualTo(largest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Outbox.Message.Publish("type", tooLarge))
                .withMessage("an event detail of 131073 bytes; at most 131072");
    }
}
