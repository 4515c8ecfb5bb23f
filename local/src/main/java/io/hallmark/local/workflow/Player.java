package io.hallmark.local.workflow;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Execution;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Flows.Started;
import io.hallmark.core.store.Flows.TokenAnswer;
import io.hallmark.core.store.Table;
import io.hallmark.local.workflow.asl.Definition;
import io.hallmark.local.workflow.asl.Event;
import io.hallmark.local.workflow.asl.Interpreter;
import io.hallmark.local.workflow.asl.Limits;
import io.hallmark.local.workflow.asl.Run;
import io.hallmark.local.workflow.asl.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays executions: stores every step before it acts on it. Has no thread of its own; whoever drives it calls
 * {@link #turn}, performs the calls it hands out, and brings the results back by {@link #deliver}.
 *
 * <p>A step that cannot be stored is taken again from what the table says, with growing pauses; nothing is lost and
 * nothing is believed that was not stored. A function whose attempt was in flight when the process died is called again,
 * as Lambda calls again: handlers are idempotent.
 */
final class Player {

    static final int RUNNING_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Player.class);
    private static final HexFormat HEX = HexFormat.of();
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(30);
    private static final Duration LOOK_MAX = Duration.ofMinutes(1);

    private final FlowStore store;
    private final Machines machines;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<ExecutionId, Playing> playing = new HashMap<>();
    private final Map<ExecutionId, List<Event>> undelivered = new HashMap<>();
    private final Map<ExecutionId, Integer> failures = new HashMap<>();
    private final Set<ExecutionId> inDoubt = new HashSet<>();
    private final Agenda agenda = new Agenda();
    private final Deque<Call> calls = new ArrayDeque<>();
    private final AtomicBoolean paused = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    /** An execution that runs, as last stored. */
    private record Playing(Definition definition, Run run, long rev) {}

    /** Takes over the executions in this table from any other player, and goes on with those that run. */
    Player(Table table, Machines machines, InstantSource clock, RandomGenerator random) {
        this.store = FlowStore.claim(table, random);
        this.machines = machines;
        this.clock = clock;
        this.random = random;
        machines.definitions().values().forEach(store::keep);
        if (!store.isFirst()) {
            store.running().forEach(this::resume);
        }
    }

    synchronized Started start(Machine machine, String name, Json.Obj input) {
        requireOpen();
        ExecutionId id = new ExecutionId(machine, name);
        if (Limits.bytes(input) > Limits.PAYLOAD_BYTES_MAX) {
            throw new RegistryFailure.TooLarge(
                    "EXECUTION_INPUT_TOO_LARGE",
                    "an input of " + Limits.bytes(input) + " bytes; at most " + Limits.PAYLOAD_BYTES_MAX);
        }
        if (playing.size() >= RUNNING_MAX) {
            throw new RegistryFailure.Unavailable(
                    RUNNING_MAX + " executions run already; no more are started", Duration.ofMinutes(1));
        }
        Definition definition = machines.of(machine);
        Instant now = clock.instant();
        String secret = HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
        Step start = Interpreter.start(
                definition,
                new io.hallmark.local.workflow.asl.Execution(
                        machine.fileName(),
                        name,
                        id.arn(),
                        id.machineArn(),
                        input,
                        now,
                        Interpreter.deadline(definition, now),
                        secret));
        if (!stored(() -> store.insert(id, start, definition))) {
            return store.load(id)
                            .filter(found -> found.run().end().isEmpty())
                            .filter(found -> found.run().execution().input().equals(input))
                            .isPresent()
                    ? Started.RUNNING
                    : Started.EXISTS;
        }
        keep(id, new Playing(definition, start.next(), 1), start);
        return Started.STARTED;
    }

    /** Brings an answer from outside to the task that waits for this token. */
    synchronized TokenAnswer answer(String token, Event answer) {
        requireOpen();
        Optional<ExecutionId> holder = store.holder(token);
        if (holder.isEmpty()) {
            return TokenAnswer.UNKNOWN;
        }
        Optional<Playing> current = current(holder.get());
        boolean waits = current.map(Playing::run)
                .filter(run -> run.waitsFor(token))
                .flatMap(Run::due)
                .filter(due -> due.isAfter(clock.instant()))
                .isPresent();
        if (!waits) {
            return TokenAnswer.TIMED_OUT;
        }
        take(holder.get(), current.get(), answer);
        return TokenAnswer.ACCEPTED;
    }

    synchronized void stop(Machine machine, String name, String error, String cause) {
        requireOpen();
        ExecutionId id = new ExecutionId(machine, name);
        current(id).ifPresent(current -> take(id, current, new Event.Stopped(error, cause)));
    }

    synchronized Optional<Execution> describe(Machine machine, String name) {
        ExecutionId id = new ExecutionId(machine, name);
        Optional<Run> run = Optional.ofNullable(playing.get(id))
                .filter(current -> !inDoubt.contains(id))
                .map(Playing::run)
                .or(() -> store.load(id).map(FlowStore.Stored::run));
        return run.map(found -> new Execution(
                machine,
                name,
                Interpreter.status(found),
                found.execution().input(),
                Optional.of(found.state()),
                found.end().flatMap(end -> end.error())));
    }

    Optional<Json> output(Machine machine, String name) {
        return store.load(new ExecutionId(machine, name))
                .flatMap(stored -> stored.run().end())
                .flatMap(end -> end.output());
    }

    List<Json.Obj> history(Machine machine, String name) {
        return store.history(new ExecutionId(machine, name));
    }

    /** When the next turn is worth taking; empty when nothing will happen without an event from outside. */
    synchronized Optional<Instant> nextDue() {
        if (over.get()) {
            return Optional.empty();
        }
        return calls.isEmpty() ? agenda.next() : Optional.of(clock.instant());
    }

    /** Does what is due, and hands out the calls that came of it; nothing while paused. */
    synchronized List<Call> turn() {
        if (paused.get()) {
            return List.of();
        }
        for (Optional<ExecutionId> due = takeDue(); due.isPresent(); due = takeDue()) {
            deliver(due.get(), new Event.Due());
        }
        List<Call> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    /** Brings an event to an execution. Does not fail: an event that cannot be stored now is brought again later. */
    synchronized void deliver(ExecutionId id, Event event) {
        if (over.get()) {
            return;
        }
        List<Event> events =
                new ArrayList<>(Optional.ofNullable(undelivered.remove(id)).orElse(List.of()));
        events.add(event);
        try {
            while (!events.isEmpty()) {
                current(id).ifPresent(current -> take(id, current, events.get(0)));
                events.remove(0);
            }
        } catch (FlowStore.Fenced fenced) {
            LOG.warn("stopped playing: {}", fenced.getMessage());
        } catch (RuntimeException failed) {
            LOG.warn("execution {} stands still for now: {}", id, failed.toString());
            postpone(id, events);
        }
    }

    /** Whether anybody still waits for the result of this call. */
    synchronized boolean isCurrent(Call call) {
        Playing current = playing.get(call.id());
        return !over.get()
                && current != null
                && current.run().attempt() == call.invocation().attempt()
                && current.run().end().isEmpty();
    }

    /** Returns when a turn is worth taking, at the latest after a minute, or at once when it is paused or over. */
    synchronized void awaitTurn() throws InterruptedException {
        Instant latest = clock.instant().plus(LOOK_MAX);
        while (!paused.get() && !over.get()) {
            Instant now = clock.instant();
            Instant due = nextDue().filter(next -> next.isBefore(latest)).orElse(latest);
            if (!due.isAfter(now)) {
                return;
            }
            wait(Math.max(1, Duration.between(now, due).toMillis()));
        }
    }

    /** Hands out no more calls; results and answers are still taken. */
    synchronized void pause() {
        paused.set(true);
        notifyAll();
    }

    synchronized void close() {
        over.set(true);
        notifyAll();
    }

    boolean isPlaying() {
        return !paused.get() && !over.get();
    }

    private Optional<ExecutionId> takeDue() {
        return over.get() ? Optional.empty() : agenda.takeDue(clock.instant());
    }

    private void requireOpen() {
        if (over.get()) {
            throw new RegistryFailure.Unavailable("the workflow player has stopped", Duration.ofSeconds(5));
        }
    }

    private void resume(ExecutionId id) {
        FlowStore.Stored stored = store.load(id).orElseThrow();
        Definition definition = definition(stored.definition());
        playing.put(id, new Playing(definition, stored.run(), stored.rev()));
        Interpreter.inFlight(definition, stored.run()).ifPresent(call -> calls.add(new Call(id, call)));
        stored.run().due().ifPresent(due -> agenda.put(id, due));
    }

    private Definition definition(String digest) {
        return machines.definitions().values().stream()
                .filter(definition -> definition.digest().equals(digest))
                .findFirst()
                .orElseGet(() -> store.definition(digest));
    }

    /** The execution if it runs; read again from the table when its last step is in doubt. */
    private Optional<Playing> current(ExecutionId id) {
        Playing known = playing.get(id);
        if (known == null || !inDoubt.contains(id)) {
            return Optional.ofNullable(known);
        }
        FlowStore.Stored stored = store.load(id).orElseThrow();
        Playing current = new Playing(known.definition(), stored.run(), stored.rev());
        inDoubt.remove(id);
        keep(id, current, new Step(stored.run(), List.of(), Optional.empty()));
        if (stored.run().attempt() > known.run().attempt()) {
            // The step that asked for this call was stored although it seemed to fail, so the call was never made.
            Interpreter.inFlight(known.definition(), stored.run()).ifPresent(call -> calls.add(new Call(id, call)));
        }
        return Optional.ofNullable(playing.get(id));
    }

    private void take(ExecutionId id, Playing current, Event event) {
        Instant now = clock.instant();
        Step step = step(current, event, now);
        if (step.next().equals(current.run())) {
            current.run().due().ifPresent(due -> agenda.put(id, due));
            return;
        }
        try {
            replace(id, current, step);
        } catch (IllegalArgumentException beyondTheTable) {
            inDoubt.remove(id);
            String cause = "The step could not be stored: " + beyondTheTable.getMessage();
            replace(id, current, Interpreter.fail(current.definition(), current.run(), cause, now));
        }
    }

    private static Step step(Playing current, Event event, Instant now) {
        try {
            return Interpreter.step(current.definition(), current.run(), event, now);
        } catch (RuntimeException fault) {
            LOG.error(
                    "the player cannot take a step of {}",
                    current.run().execution().arn(),
                    fault);
            return Interpreter.fail(current.definition(), current.run(), "The player failed: " + fault, now);
        }
    }

    private void replace(ExecutionId id, Playing current, Step step) {
        inDoubt.add(id);
        if (!stored(() -> store.replace(id, step, current.rev()))) {
            throw new IllegalStateException("the execution " + id + " does not stand where this player left it");
        }
        inDoubt.remove(id);
        failures.remove(id);
        keep(id, new Playing(current.definition(), step.next(), current.rev() + 1), step);
    }

    private boolean stored(BooleanSupplier write) {
        try {
            return write.getAsBoolean();
        } catch (FlowStore.Fenced fenced) {
            close();
            throw fenced;
        }
    }

    private void keep(ExecutionId id, Playing current, Step step) {
        Optional<Instant> due = current.run().due();
        if (due.isPresent()) {
            playing.put(id, current);
            agenda.put(id, due.get());
        } else {
            playing.remove(id);
            agenda.remove(id);
        }
        step.invocation().ifPresent(invocation -> calls.add(new Call(id, invocation)));
        notifyAll();
    }

    private void postpone(ExecutionId id, List<Event> events) {
        List<Event> kept =
                events.stream().filter(event -> !(event instanceof Event.Due)).toList();
        if (!kept.isEmpty()) {
            undelivered.put(id, kept);
        }
        int failed = failures.merge(id, 1, Integer::sum);
        long millis = Math.min(PAUSE_MAX.toMillis(), PAUSE_MIN.toMillis() << Math.min(failed - 1, 20));
        agenda.put(id, clock.instant().plusMillis(millis));
        notifyAll();
    }
}
