package io.hallmark.local.workflow;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Execution;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Flows.Started;
import io.hallmark.core.store.Flows.TokenAnswer;
import io.hallmark.core.store.Table;
import io.hallmark.local.workflow.asl.Event;
import io.hallmark.local.workflow.asl.Interpreter;
import io.hallmark.local.workflow.asl.Limits;
import io.hallmark.local.workflow.asl.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays executions: stores every step before it acts on it. Has no thread of its own; whoever drives it calls
 * {@link #turn}, performs the calls it hands out, and brings the results back by {@link #deliver}.
 *
 * <p>A step that cannot be stored is taken again from what the table says, with growing pauses; nothing is lost and
 * nothing is believed that was not stored. A function whose attempt was in flight when the process died is called again
 * as the same attempt, with the same token and deadline, as Lambda may call again: handlers are idempotent.
 */
final class Player {

    static final int RUNNING_MAX = 10_000;

    /** Executions looked at in one turn; the rest have theirs next, so that calls go out meanwhile. */
    private static final int DUE_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Player.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration LOOK_MAX = Duration.ofMinutes(1);

    private final FlowStore store;
    private final Stage stage;
    private final InstantSource clock;
    private final MapRuns mapRuns;
    private final Backlog backlog = new Backlog();
    private final AtomicBoolean paused = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    /** Takes over the executions in this table from any other player, and goes on with those that run. */
    Player(Table table, Machines machines, InstantSource clock, RandomGenerator random) {
        this.store = FlowStore.claim(table, random);
        this.stage = new Stage(store, machines, clock, random);
        this.mapRuns = new MapRuns(store, stage, clock);
        this.clock = clock;
        stage.resumeAll();
    }

    synchronized Started start(Machine machine, String name, Json.Obj input) {
        ExecutionId id = new ExecutionId(machine, name);
        if (Limits.bytes(input) > Limits.PAYLOAD_BYTES_MAX) {
            throw new RegistryFailure.TooLarge(
                    "EXECUTION_INPUT_TOO_LARGE",
                    "an input of " + Limits.bytes(input) + " bytes; at most " + Limits.PAYLOAD_BYTES_MAX);
        }
        if (stage.started() >= RUNNING_MAX) {
            throw new RegistryFailure.Unavailable(
                    RUNNING_MAX + " executions run already; no more are started", Duration.ofMinutes(1));
        }
        return open(() -> {
            if (stage.insert(id, input)) {
                return Started.STARTED;
            }
            return store.load(id)
                            .map(FlowStore.Stored::run)
                            .filter(run -> run.end().isEmpty())
                            .filter(run -> run.execution().input().equals(input))
                            .isPresent()
                    ? Started.RUNNING
                    : Started.EXISTS;
        });
    }

    /** Brings an answer from outside to the task that waits for this token. */
    synchronized TokenAnswer answer(String token, Event answer) {
        return open(() -> store.holder(token)
                .map(id -> stage.current(id)
                        .filter(current -> stillWaits(current.run(), token))
                        .map(current -> {
                            stage.take(id, current, answer);
                            return TokenAnswer.ACCEPTED;
                        })
                        .orElse(TokenAnswer.TIMED_OUT))
                .orElse(TokenAnswer.UNKNOWN));
    }

    private boolean stillWaits(Run run, String token) {
        return run.waitsFor(token)
                && run.due().filter(due -> due.isAfter(clock.instant())).isPresent();
    }

    synchronized void stop(Machine machine, String name, String error, String cause) {
        ExecutionId id = new ExecutionId(machine, name);
        boolean stopped = open(() -> {
            Optional<Stage.Playing> current = stage.current(id);
            current.ifPresent(playing -> stage.take(id, playing, new Event.Stopped(error, cause)));
            return current.isPresent();
        });
        LOG.debug("stopped {}: {}", id, stopped);
    }

    synchronized Optional<Execution> describe(Machine machine, String name) {
        ExecutionId id = new ExecutionId(machine, name);
        return stage.known(id)
                .or(() -> store.load(id).map(FlowStore.Stored::run))
                .map(run -> new Execution(
                        machine,
                        name,
                        Interpreter.status(run),
                        (Json.Obj) run.execution().input(),
                        Optional.of(run.state()),
                        run.end().flatMap(end -> end.error())));
    }

    /** What is stored, for readers. */
    FlowStore store() {
        return store;
    }

    /** When the next turn is worth taking; empty when nothing will happen without an event from outside. */
    synchronized Optional<Instant> nextDue() {
        if (over.get()) {
            return Optional.empty();
        }
        return stage.calls().isEmpty() ? stage.agenda().next() : Optional.of(clock.instant());
    }

    /** Does what is due, and hands out the calls that came of it; nothing while paused. */
    synchronized List<Call> turn() {
        if (!isPlaying()) {
            return List.of();
        }
        Optional<ExecutionId> due = stage.agenda().takeDue(clock.instant());
        for (int taken = 0; due.isPresent() && taken < DUE_MAX; taken++) {
            deliver(due.get(), new Event.Due());
            due = over.get() ? Optional.empty() : stage.agenda().takeDue(clock.instant());
        }
        due.ifPresent(id -> stage.agenda().put(id, clock.instant()));
        List<Call> taken = List.copyOf(stage.calls());
        stage.calls().clear();
        return taken;
    }

    /** Brings an event to an execution. Does not fail: an event that cannot be stored now is brought again later. */
    synchronized void deliver(ExecutionId id, Event event) {
        if (over.get()) {
            return;
        }
        List<Event> events = new ArrayList<>(backlog.take(id));
        events.add(event);
        try {
            while (!events.isEmpty()) {
                stage.current(id).ifPresent(current -> stage.take(id, current, events.get(0)));
                events.remove(0);
            }
            mapRuns.advance(id);
            backlog.stored(id);
        } catch (FlowStore.Fenced fenced) {
            LOG.warn("stopped playing: {}", fenced.getMessage());
            close();
        } catch (RuntimeException failed) {
            LOG.warn("{} stands still for now: {}", id.arn(), failed.toString());
            stage.agenda().put(id, clock.instant().plus(backlog.putBack(id, events)));
        }
        notifyAll();
    }

    /** Whether anybody still waits for the result of this call. */
    synchronized boolean isCurrent(Call call) {
        return !over.get() && stage.isOut(call);
    }

    /** Returns when a turn is worth taking, at the latest after a minute, or at once when it is paused or over. */
    synchronized void awaitTurn() throws InterruptedException {
        Instant latest = clock.instant().plus(LOOK_MAX);
        while (isPlaying()) {
            Instant due = nextDue().filter(next -> next.isBefore(latest)).orElse(latest);
            // Read after the due time: what is due at once is due at the clock's present, and must not look like later.
            Instant now = clock.instant();
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

    /** Does something for a caller from outside, unless this player is over. */
    private <T> T open(Supplier<T> work) {
        if (!over.get()) {
            try {
                return work.get();
            } catch (FlowStore.Fenced fenced) {
                LOG.warn("stopped playing: {}", fenced.getMessage());
                close();
            } finally {
                notifyAll();
            }
        }
        throw new RegistryFailure.Unavailable("the workflow player has stopped", RETRY_AFTER);
    }
}
