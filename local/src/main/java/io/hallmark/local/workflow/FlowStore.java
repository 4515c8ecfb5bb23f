package io.hallmark.local.workflow;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import io.hallmark.local.workflow.asl.Definition;
import io.hallmark.local.workflow.asl.Execution;
import io.hallmark.local.workflow.asl.Phase;
import io.hallmark.local.workflow.asl.Run;
import io.hallmark.local.workflow.asl.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** The rows of the player, read and written under its epoch: once another player has claimed them, nothing is written. */
final class FlowStore {

    private static final int CLAIM_ATTEMPTS_MAX = 10;
    private static final int PAGE = 500;

    private final Table table;
    private final long epoch;
    private final AtomicLong transactions = new AtomicLong();

    private FlowStore(Table table, long epoch) {
        this.table = table;
        this.epoch = epoch;
    }

    /** Another player has claimed the rows; this one is over. */
    static final class Fenced extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Fenced(long epoch) {
            super("another player has taken over from the player of epoch " + epoch);
        }
    }

    /** An execution as stored. */
    record Stored(Run run, long rev, String definition) {}

    /** Claims the rows: from now on the steps of players that claimed them before are refused. */
    static FlowStore claim(Table table, RandomGenerator random) {
        for (int i = 0; i < CLAIM_ATTEMPTS_MAX; i++) {
            Optional<Item> owner = table.get(FlowRows.OWNER);
            long before =
                    owner.map(item -> item.attributes().integer(FlowRows.EPOCH)).orElse(0L);
            Condition unclaimed =
                    owner.isEmpty() ? Condition.absent() : Condition.equal(FlowRows.EPOCH, Json.of(before));
            Item claim = new Item(FlowRows.OWNER, Json.object().with(FlowRows.EPOCH, before + 1));
            // Two claims of one epoch must not share a token: an equal transaction would count as done.
            String token = "flow-own-" + (before + 1) + "-" + Long.toHexString(random.nextLong());
            if (table.transact(new Transaction(token, List.of(Write.put(claim, unclaimed))))
                    .committed()) {
                return new FlowStore(table, before + 1);
            }
        }
        throw new RegistryFailure.Unavailable("other players keep claiming the workflow rows", Duration.ofSeconds(1));
    }

    /** Whether nobody ever played here before this claim. */
    boolean isFirst() {
        return epoch == 1;
    }

    List<ExecutionId> running() {
        return all(Query.all(FlowRows.RUNNING, PAGE)).stream()
                .map(item -> FlowRows.id(item.attributes()))
                .toList();
    }

    private List<Item> all(Query query) {
        List<Item> items = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = table.query(query.after(cursor));
            items.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return items;
    }

    Optional<Stored> load(ExecutionId id) {
        return table.get(FlowRows.meta(id))
                .flatMap(meta -> table.get(FlowRows.state(id)).map(state -> {
                    Execution execution = FlowRows.execution(id, meta.attributes());
                    Run run = FlowRows.run(execution, state.attributes());
                    long rev = state.attributes().integer(FlowRows.REV);
                    return new Stored(run, rev, meta.attributes().text("definition"));
                }));
    }

    /** Stores a new execution; false, and nothing changed, when there is one of this name. */
    boolean insert(ExecutionId id, Step start, String definition) {
        List<Write> writes = new ArrayList<>();
        writes.add(FlowRows.checkOwner(epoch));
        writes.add(Write.put(FlowRows.metaItem(id, start.next().execution(), definition), Condition.absent()));
        writes.add(Write.put(FlowRows.stateItem(id, start.next(), 1), Condition.absent()));
        writes.add(Write.put(FlowRows.history(id, start.history())));
        writes.add(Write.put(FlowRows.runningItem(id)));
        start.next().execution().item().ifPresent(item -> {
            ExecutionId parent = new ExecutionId(id.machine(), item.parent());
            writes.add(Write.put(FlowRows.itemRow(parent, item, id)));
        });
        return commit(writes);
    }

    /** Stores a step; false, and nothing changed, when the execution does not stand where the step began. */
    boolean replace(ExecutionId id, Step step, long rev) {
        List<Write> writes = new ArrayList<>();
        writes.add(FlowRows.checkOwner(epoch));
        writes.add(
                Write.put(FlowRows.stateItem(id, step.next(), rev + 1), Condition.equal(FlowRows.REV, Json.of(rev))));
        if (!step.history().isEmpty()) {
            writes.add(Write.put(FlowRows.history(id, step.history())));
        }
        if (step.next().end().isPresent()) {
            writes.add(Write.delete(FlowRows.running(id)));
        }
        if (step.invocation().isPresent() && step.next().phase() instanceof Phase.Attempting attempting) {
            attempting
                    .token()
                    .ifPresent(token -> writes.add(Write.put(new Item(
                            FlowRows.token(token), FlowRows.runningItem(id).attributes()))));
        }
        return commit(writes);
    }

    Optional<ExecutionId> holder(String token) {
        return token.isEmpty() || token.length() > 1024
                ? Optional.empty()
                : table.get(FlowRows.token(token)).map(item -> FlowRows.id(item.attributes()));
    }

    /** The executions of the items of a Map Run that have been started, in the order of the items. */
    List<ExecutionId> items(ExecutionId parent, long mapRun) {
        return items(parent, FlowRows.itemPrefix(mapRun));
    }

    /** The executions of the items of every Map Run of this execution. */
    List<ExecutionId> items(ExecutionId parent) {
        return items(parent, FlowRows.ITEM_PREFIX);
    }

    private List<ExecutionId> items(ExecutionId parent, String prefix) {
        return all(Query.prefix(FlowRows.partition(parent), prefix, PAGE)).stream()
                .map(item -> FlowRows.id(item.attributes()))
                .toList();
    }

    /** Keeps a machine for the executions that start with it. */
    void keep(Definition definition) {
        Item item =
                new Item(FlowRows.definition(definition.digest()), Json.object().with("source", definition.source()));
        if (table.get(item.key()).isEmpty()) {
            commit(List.of(FlowRows.checkOwner(epoch), Write.put(item)));
        }
    }

    Definition definition(String digest) {
        Item item = table.get(FlowRows.definition(digest))
                .orElseThrow(() -> new IllegalStateException("there is no definition " + digest));
        return Definition.read(item.attributes().object("source"), Map.of());
    }

    /** The history of an execution, in order. */
    List<Json.Obj> history(ExecutionId id) {
        List<Json.Obj> events = new ArrayList<>();
        all(Query.prefix(FlowRows.partition(id), FlowRows.HISTORY_PREFIX, PAGE))
                .forEach(item -> item.attributes().array("events").forEach(event -> events.add((Json.Obj) event)));
        return events;
    }

    private boolean commit(List<Write> writes) {
        String token = "flow-" + epoch + "-" + transactions.incrementAndGet();
        Outcome outcome = table.transact(new Transaction(token, writes));
        if (outcome instanceof Outcome.Refused refused && refused.of(0).isPresent()) {
            throw new Fenced(epoch);
        }
        return outcome.committed();
    }
}
