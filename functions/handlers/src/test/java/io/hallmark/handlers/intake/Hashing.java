package io.hallmark.handlers.intake;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.service.hash.Findings;
import io.hallmark.core.service.hash.HashActions;
import io.hallmark.core.service.hash.HashAnswer;
import io.hallmark.core.service.hash.HashCall;
import io.hallmark.core.service.hash.HashParts;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Write;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What hash-large does, in the caller's thread: takes its executions from the outbox and goes through the steps. */
final class Hashing {

    private final Table table;
    private final HashActions actions;
    final List<String> decisions = new ArrayList<>();

    Hashing(Table table, Blobs blobs, InstantSource clock, Findings findings) {
        this.table = table;
        this.actions = new HashActions(new HashParts(table, blobs, clock, findings));
    }

    /** The uploads whose hashing the outbox still has to start. */
    List<Sha256> waiting() {
        return starts().stream().map(Hashing::upload).toList();
    }

    /** Hashes everything that is to be hashed, and answers how many executions there were. */
    int run() {
        List<Item> starts = starts();
        for (Item start : starts) {
            try {
                execute(upload(start));
                Commit.writes(table, List.of(Write.delete(start.key())));
            } catch (RegistryFailure later) {
                decisions.add("FAILED " + later.code());
            }
        }
        return starts.size();
    }

    /** The executions that are to be started die at once. */
    void forget() {
        starts().forEach(start -> Commit.writes(table, List.of(Write.delete(start.key()))));
    }

    private List<Item> starts() {
        List<Item> starts = new ArrayList<>();
        for (int shard = 0; shard < Outbox.SHARDS; shard++) {
            Outbox.waiting(table, shard, 1000, Optional.empty()).items().stream()
                    .filter(item -> Outbox.decode(item).message() instanceof Outbox.Message.StartFlow start
                            && start.machine() == Flows.Machine.HASH_LARGE)
                    .forEach(starts::add);
        }
        return starts;
    }

    private static Sha256 upload(Item item) {
        Outbox.Message.StartFlow start =
                (Outbox.Message.StartFlow) Outbox.decode(item).message();
        return new Sha256(start.input().text("uploadId"));
    }

    /** One execution; the least is read in each call. */
    void execute(Sha256 uploadId) {
        HashAnswer plan = step("PlanHash", uploadId, Optional.empty());
        for (Integer batch : plan.batches()) {
            while (step("HashLeaves", uploadId, Optional.of(batch)).decision().equals("CONTINUE")) {
                // The next call goes on.
            }
        }
        if (!plan.batches().isEmpty()) {
            step("JoinLeaves", uploadId, Optional.empty());
        }
        if (!plan.decision().equals("GONE")) {
            while (step("HashFlat", uploadId, Optional.empty()).decision().equals("CONTINUE")) {
                // The next call goes on.
            }
        }
        step("ConcludeHash", uploadId, Optional.empty());
    }

    HashAnswer step(String action, Sha256 uploadId, Optional<Integer> batch) {
        HashAnswer answer = actions.run(action, new HashCall(uploadId, batch, Duration.ZERO));
        decisions.add(action + " " + answer.decision());
        return answer;
    }
}
