package io.hallmark.core.service;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.store.Bus;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Write;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Delivers what stands in the outbox: events to the bus, executions to the machines. A message is deleted after it was
 * delivered, so it arrives at least once; what cannot be delivered holds back the later messages of its model only, so
 * those of one model arrive in order.
 */
public final class DeliverOutbox implements AfterCommit, Runnable {

    private static final int PAGE = 100;
    private static final int PAGES_MAX = 100;

    private final Table table;
    private final Flows flows;
    private final Bus bus;
    private final List<Object> shardLocks =
            IntStream.range(0, Outbox.SHARDS).mapToObj(shard -> new Object()).toList();

    public DeliverOutbox(Table table, Flows flows, Bus bus) {
        this.table = table;
        this.flows = flows;
        this.bus = bus;
    }

    /** Delivers the messages of a model's shard. Never fails: what stays behind is for the next run. */
    @Override
    public void committed(ModelName model) {
        // The change is committed and its messages are in the table: what is not delivered now, the next run delivers.
        attempted(Outbox.shard(model));
    }

    /**
     * Delivers what waits for these models, and with it for those that share their shards.
     *
     * @return those of these models for which something waits still
     */
    public Set<ModelName> deliver(Set<ModelName> models) {
        Map<Integer, List<ModelName>> byShard = models.stream().collect(Collectors.groupingBy(Outbox::shard));
        Set<ModelName> waiting = new HashSet<>();
        byShard.forEach((shard, told) -> {
            Set<ModelName> heldBack = attempted(shard).orElseGet(() -> Set.copyOf(told));
            told.stream().filter(heldBack::contains).forEach(waiting::add);
        });
        return waiting;
    }

    /** The models that were held back; empty if the table did not answer, so that nothing is known. */
    private Optional<Set<ModelName>> attempted(int shard) {
        try {
            return Optional.of(deliver(shard));
        } catch (RegistryFailure later) {
            return Optional.empty();
        }
    }

    /** Delivers all shards. */
    @Override
    public void run() {
        for (int shard = 0; shard < Outbox.SHARDS; shard++) {
            deliver(shard);
        }
    }

    /** One at a time per shard within this process; another process may deliver the same message again, in order too. */
    private Set<ModelName> deliver(int shard) {
        synchronized (shardLocks.get(shard)) {
            Set<ModelName> heldBack = new HashSet<>();
            Optional<String> after = Optional.empty();
            for (int pages = 0; pages < PAGES_MAX; pages++) {
                Page page = Outbox.waiting(table, shard, PAGE, after);
                for (Item item : page.items()) {
                    Outbox.Entry entry = Outbox.decode(item);
                    if (!heldBack.contains(entry.model()) && !delivered(entry)) {
                        heldBack.add(entry.model());
                    }
                }
                after = page.next();
                if (after.isEmpty()) {
                    break;
                }
            }
            return heldBack;
        }
    }

    private boolean delivered(Outbox.Entry entry) {
        try {
            send(entry);
            Commit.writes(table, List.of(Write.delete(entry.key())));
            return true;
        } catch (RegistryFailure later) {
            return false;
        }
    }

    private void send(Outbox.Entry entry) {
        entry.message().match(new Outbox.Message.Cases<Outbox.Entry>() {
            @Override
            public Outbox.Entry publish(Outbox.Message.Publish publish) {
                String subject = entry.model().value();
                bus.publish(
                        new Bus.DomainEvent(entry.key().sk(), publish.type(), subject, entry.at(), publish.detail()));
                return entry;
            }

            @Override
            public Outbox.Entry startFlow(Outbox.Message.StartFlow start) {
                flows.start(start.machine(), start.name(), start.input(), start.trace());
                return entry;
            }
        });
    }
}
