package io.hallmark.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Trace;
import io.hallmark.core.store.Bus;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DeliverOutboxTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    private final Table table = new MemoryTable(() -> AT);
    private final List<String> arrived = new ArrayList<>();
    private final AtomicReference<Set<String>> failing = new AtomicReference<>(Set.of());
    private final DeliverOutbox outbox = new DeliverOutbox(table, new Starts(), this::publish);

    private void publish(Bus.DomainEvent event) {
        arrive(event.type());
    }

    private void arrive(String what) {
        if (Set.copyOf(failing.get()).contains(what)) {
            throw new RegistryFailure.Unavailable("not now", Duration.ofSeconds(1));
        }
        arrived.add(what);
    }

    private final class Starts implements Flows {
        @Override
        public Started start(Machine machine, String name, Json.Obj input) {
            arrive("start " + name);
            return Started.STARTED;
        }

        @Override
        public Started start(Machine machine, String name, Json.Obj input, Optional<Trace> trace) {
            trace.ifPresent(known -> arrived.add("in " + known.header()));
            return start(machine, name, input);
        }

        @Override
        public TokenAnswer sendTaskSuccess(String taskToken, Json output) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TokenAnswer sendTaskFailure(String taskToken, String error, String cause) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stop(Machine machine, String name, String error, String cause) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Execution> describe(Machine machine, String name) {
            throw new UnsupportedOperationException();
        }
    }

    private void write(String model, long sequence, Outbox.Message... messages) {
        ModelName name = new ModelName(model);
        Commit.writes(table, Outbox.append(name, "model:" + model, sequence, AT, List.of(messages)));
    }

    private static Outbox.Message event(String type) {
        return new Outbox.Message.Publish(type, Json.object());
    }

    private static Outbox.Message start(String name) {
        return new Outbox.Message.StartFlow(Flows.Machine.PROMOTION, name, Json.object());
    }

    @Test
    void messagesOfAModelArriveOnceAndInOrder() {
        write("fraud", 9, event("a"), start("p-1"));
        write("fraud", 10, event("b"));

        outbox.run();
        outbox.run();

        assertThat(arrived).containsExactly("a", "start p-1", "b");
    }

    @Test
    void aStartIsMadeInTheTraceThatWaitedWithIt() {
        Trace trace = new Trace("1-5759e988-bd862e3fe1be46a994272793", Optional.empty(), Optional.of(true));
        write(
                "fraud",
                9,
                new Outbox.Message.StartFlow(Flows.Machine.PROMOTION, "p-1", Json.object(), Optional.of(trace)));

        outbox.run();

        assertThat(arrived).containsExactly("in " + trace.header(), "start p-1");
    }

    @Test
    void whatCannotBeDeliveredHoldsBackItsModelOnly() {
        write("fraud", 1, start("p-1"), event("a"));
        write("churn", 1, event("c"));
        failing.set(Set.of("start p-1"));

        outbox.run();
        assertThat(arrived).containsExactly("c");

        failing.set(Set.of());
        outbox.run();
        assertThat(arrived).containsExactly("c", "start p-1", "a");
    }

    @Test
    void afterACommitTheMessagesOfTheModelGoOutAndAFailureIsNotTheCallersFailure() {
        write("fraud", 1, event("a"));
        failing.set(Set.of("a"));

        outbox.committed(new ModelName("fraud"));
        assertThat(arrived).isEmpty();

        failing.set(Set.of());
        outbox.committed(new ModelName("fraud"));
        assertThat(arrived).containsExactly("a");
    }

    @Test
    void aMessageThatWasDeliveredButNotDeletedArrivesAgainAndStillInOrder() {
        write("fraud", 1, event("a"));
        write("fraud", 2, event("b"));
        write("churn", 1, event("c"));
        DeliverOutbox interrupted = new DeliverOutbox(new FailingOnce(table), new Starts(), this::publish);

        interrupted.run();
        interrupted.run();

        assertThat(arrived.stream().filter(type -> !type.equals("c"))).containsExactly("a", "a", "b");
        assertThat(arrived).containsOnlyOnce("c");
    }

    @Test
    void everyPageOfALongOutboxIsDelivered() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            write("fraud", i, event("e" + i));
            expected.add("e" + i);
        }

        outbox.run();

        assertThat(arrived).isEqualTo(expected);
        assertThat(table.query(Query.all(Keys.outboxPartition(Outbox.shard(new ModelName("fraud"))), 1))
                        .items())
                .isEmpty();
    }

    /** A table whose first deletion from the shard of a model is lost, as when the process ends before it. */
    private static final class FailingOnce implements Table {

        private final Table table;
        private final AtomicBoolean failed = new AtomicBoolean();

        private FailingOnce(Table table) {
            this.table = table;
        }

        @Override
        public Optional<Item> get(Key key) {
            return table.get(key);
        }

        @Override
        public Page query(Query query) {
            return table.query(query);
        }

        @Override
        public Page queryIndex(Index index, Query query) {
            return table.queryIndex(index, query);
        }

        @Override
        public Outcome transact(Transaction transaction) {
            boolean aboutFraud = transaction.writes().get(0).key().sk().startsWith("fraud");
            if (aboutFraud && failed.compareAndSet(false, true)) {
                throw new RegistryFailure.Unavailable("the end", Duration.ofSeconds(1));
            }
            return table.transact(transaction);
        }
    }
}
