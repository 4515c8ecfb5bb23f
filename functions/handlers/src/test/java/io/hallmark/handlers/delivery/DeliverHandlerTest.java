package io.hallmark.handlers.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.service.DeliverOutbox;
import io.hallmark.core.store.Bus;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.handlers.intake.Samples;
import io.hallmark.handlers.promotion.NoFlows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliverHandlerTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:03Z");
    private static final String PROMOTION = "q2ylbcy6decpaznhd72rgsvj73";

    private final Table table = new MemoryTable(() -> AT);
    private final List<String> published = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private final NoFlows flows = new NoFlows();
    private final DeliverHandler handler = new DeliverHandler(new DeliverOutbox(table, flows, this::publish));

    private void publish(Bus.DomainEvent event) {
        if (refused.contains(event.subject())) {
            throw new RegistryFailure.Unavailable("the bus is not there", Duration.ofSeconds(1));
        }
        published.add(event.type());
    }

    /** The rows that the sample tells of. */
    private void write() {
        append(
                "doctor-visit",
                1,
                new Outbox.Message.Publish(
                        "version.registered",
                        Json.object().with("model", "doctor-visit").with("version", 1)));
        append(
                "fraud",
                7,
                new Outbox.Message.StartFlow(
                        Machine.PROMOTION, "p-" + PROMOTION, Json.object().with("promotionId", PROMOTION)),
                new Outbox.Message.Publish("promotion.requested", Json.object().with("promotionId", PROMOTION)));
    }

    private void append(String model, long sequence, Outbox.Message... messages) {
        Commit.writes(table, Outbox.append(new ModelName(model), "model:" + model, sequence, AT, List.of(messages)));
    }

    private static DynamodbEvent sample() {
        return LambdaEventSerializers.serializerFor(DynamodbEvent.class, DeliverHandlerTest.class.getClassLoader())
                .fromJson(Samples.text("dynamodb-outbox.json"));
    }

    private List<String> failures(DynamodbEvent event) {
        return handler.handleRequest(event, null).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    private static String sequenceNumber(int record) {
        return sample().getRecords().get(record).getDynamodb().getSequenceNumber();
    }

    private static com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue key(
            DynamodbStreamRecord told, String name) {
        return Objects.requireNonNull(told.getDynamodb().getKeys().get(name), name);
    }

    @Test
    void theSampleTellsOfTheRowsThatTheOutboxWrites() {
        write();
        for (DynamodbStreamRecord told : sample().getRecords()) {
            Key key = new Key(key(told, "pk").getS(), key(told, "sk").getS());
            assertThat(table.get(key)).as(key.toString()).isPresent();
        }
    }

    @Test
    void newMessagesAreDeliveredInTheOrderOfTheirModel() {
        write();
        assertThat(failures(sample())).isEmpty();
        assertThat(flows.started()).containsExactly("p-" + PROMOTION);
        assertThat(published).containsExactlyInAnyOrder("version.registered", "promotion.requested");
    }

    @Test
    void toldAgainThereIsNothingToDo() {
        write();
        failures(sample());
        assertThat(failures(sample())).isEmpty();
        assertThat(published).hasSize(2);
    }

    @Test
    void recordsOfAModelThatStillWaitsAreNamedAndOthersAreNot() {
        write();
        refused.add("fraud");
        assertThat(failures(sample())).containsExactly(sequenceNumber(1), sequenceNumber(2));
        assertThat(published).containsExactly("version.registered");

        refused.clear();
        assertThat(failures(sample())).isEmpty();
        assertThat(published).containsExactly("version.registered", "promotion.requested");
    }

    @Test
    void allAreNamedWhenTheTableDoesNotAnswer() {
        DeliverHandler lost = new DeliverHandler(new DeliverOutbox(new Silent(), flows, this::publish));
        assertThat(lost.handleRequest(sample(), null).getBatchItemFailures()).hasSize(3);
    }

    @Test
    void recordsOfOtherRowsAndOfRemovalsAreNoNews() {
        write();
        DynamodbEvent event = sample();
        event.getRecords().forEach(told -> told.setEventName("REMOVE"));
        event.getRecords().get(0).setEventName("INSERT");
        key(event.getRecords().get(0), "pk").setS("MODEL#fraud");
        assertThat(failures(event)).isEmpty();
        assertThat(published).isEmpty();
    }

    @Test
    void aRecordOfAnotherKindOfTableIsRefusedByName() {
        DynamodbEvent event = sample();
        event.getRecords().get(0).getDynamodb().setKeys(Map.of());
        assertThatThrownBy(() -> handler.handleRequest(event, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("text key pk");
    }

    private static final class Silent implements Table {

        private static RegistryFailure silence() {
            return new RegistryFailure.Unavailable("the table does not answer", Duration.ofSeconds(1));
        }

        @Override
        public Optional<Item> get(Key key) {
            throw silence();
        }

        @Override
        public Page query(Query query) {
            throw silence();
        }

        @Override
        public Page queryIndex(Index index, Query query) {
            throw silence();
        }

        @Override
        public Outcome transact(Transaction transaction) {
            throw silence();
        }
    }
}
