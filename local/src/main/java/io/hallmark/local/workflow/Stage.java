package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;
import io.hallmark.local.workflow.asl.Definition;
import io.hallmark.local.workflow.asl.Event;
import io.hallmark.local.workflow.asl.Execution;
import io.hallmark.local.workflow.asl.Interpreter;
import io.hallmark.local.workflow.asl.MapItems;
import io.hallmark.local.workflow.asl.Phase;
import io.hallmark.local.workflow.asl.Run;
import io.hallmark.local.workflow.asl.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executions that run, each as it was last stored, and what they ask for. A step is believed once it is stored; one
 * that may or may not be stored leaves its execution in doubt, and the table is asked before anything else happens to it.
 * Not safe for several threads at once.
 */
final class Stage {

    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);
    private static final HexFormat HEX = HexFormat.of();
    private static final Duration DOUBT_MIN = Duration.ofSeconds(1);

    /** Why the execution of an item was stopped. */
    static final String MAP_RUN_ENDED = "The Map Run ended before this item.";

    private final FlowStore store;
    private final Machines machines;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<ExecutionId, Playing> playing = new HashMap<>();
    private final Set<ExecutionId> inDoubt = new HashSet<>();
    private final Agenda agenda = new Agenda();
    private final Deque<Call> calls = new ArrayDeque<>();

    /** An execution that runs, as last stored. */
    record Playing(Definition definition, Run run, long rev) {}

    Stage(FlowStore store, Machines machines, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.machines = machines;
        this.clock = clock;
        this.random = random;
    }

    /** Goes on with what runs according to the table. */
    void resumeAll() {
        machines.definitions().values().forEach(store::keep);
        if (!store.isFirst()) {
            store.running().forEach(id -> store.load(id).ifPresent(stored -> resume(id, stored)));
            playing.forEach((id, resumed) -> {
                if (isLeft(id, resumed.run())) {
                    agenda.put(id, clock.instant());
                }
            });
        }
    }

    int size() {
        return playing.size();
    }

    /** How many of them were started from outside. */
    long started() {
        return playing.keySet().stream().filter(id -> !id.isOfItem()).count();
    }

    Agenda agenda() {
        return agenda;
    }

    Deque<Call> calls() {
        return calls;
    }

    /** Starts an execution; false when the table has one of this name. */
    boolean insert(ExecutionId id, Json.Obj input) {
        Definition definition = machines.of(id.machine());
        Instant now = clock.instant();
        String secret = HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
        Step start = Interpreter.start(
                definition, id.execution(input, now, Interpreter.deadline(definition, now), secret, Optional.empty()));
        if (!certainly(id, () -> store.insert(id, start, definition.digest()))) {
            return false;
        }
        keep(id, new Playing(definition, start.next(), 1), start);
        return true;
    }

    /** Starts the execution of an item of a Map Run, or goes on with it if it was started already. */
    ExecutionId insertItem(ExecutionId parent, Playing mapping, MapItems items, int index) {
        ExecutionId id = new ExecutionId(parent.machine(), items.label(), items.name(index));
        if (current(id).isPresent()) {
            return id;
        }
        Definition processor = mapping.definition().processor(items.label());
        Instant now = clock.instant();
        Execution.MapItem item =
                new Execution.MapItem(parent.name(), mapping.run().attempt(), index);
        Step start = Interpreter.start(
                processor,
                id.execution(
                        items.input(index),
                        now,
                        Interpreter.deadline(processor, now),
                        items.secret(index),
                        Optional.of(item)));
        if (certainly(id, () -> store.insert(id, start, mapping.definition().digest()))) {
            keep(id, new Playing(processor, start.next(), 1), start);
        } else {
            store.load(id).ifPresent(stored -> resume(id, stored));
        }
        return id;
    }

    /** The run as last stored, without asking the table, unless it is in doubt. */
    Optional<Run> known(ExecutionId id) {
        return Optional.ofNullable(playing.get(id))
                .filter(known -> !inDoubt.contains(id))
                .map(Playing::run);
    }

    /** Whether the attempt this call is for is still the execution's last. */
    boolean isOut(Call call) {
        Playing known = playing.get(call.id());
        return known != null && known.run().attempt() == call.invocation().attempt();
    }

    /** The execution if it runs; read again from the table when it is in doubt. */
    Optional<Playing> current(ExecutionId id) {
        if (inDoubt.contains(id)) {
            Optional<FlowStore.Stored> stored = store.load(id);
            Optional<Playing> known = Optional.ofNullable(playing.get(id));
            inDoubt.remove(id);
            stored.ifPresent(found -> {
                if (known.isEmpty() || found.run().attempt() > known.get().run().attempt()) {
                    // The step was stored although it seemed to fail; the call it asks for was never made.
                    resume(id, found);
                } else {
                    keep(id, new Playing(known.get().definition(), found.run(), found.rev()), idle(found.run()));
                }
            });
        }
        return Optional.ofNullable(playing.get(id));
    }

    /** Lets an event happen to an execution. */
    void take(ExecutionId id, Playing current, Event event) {
        Instant now = clock.instant();
        // Whatever would happen to the execution of an item: when its Map Run is over, it is stopped.
        Event happening = isLeft(id, current.run()) ? new Event.Stopped("", MAP_RUN_ENDED) : event;
        Step step = step(current, happening, now);
        if (step.next().equals(current.run())) {
            current.run().due().ifPresent(due -> agenda.put(id, due));
            return;
        }
        try {
            replace(id, current, step);
        } catch (IllegalArgumentException beyondTheTable) {
            String cause = "The step could not be stored: " + beyondTheTable.getMessage();
            replace(id, current, Interpreter.fail(current.definition(), current.run(), cause, now));
        }
    }

    private static Step step(Playing current, Event event, Instant now) {
        try {
            return Interpreter.step(current.definition(), current.run(), event, now);
        } catch (RuntimeException fault) {
            LOG.error("cannot take a step of {}", current.run().execution().arn(), fault);
            return Interpreter.fail(current.definition(), current.run(), "The player failed: " + fault, now);
        }
    }

    private void replace(ExecutionId id, Playing current, Step step) {
        if (!certainly(id, () -> store.replace(id, step, current.rev()))) {
            inDoubt.add(id);
            throw new IllegalStateException("the execution " + id + " does not stand where this player left it");
        }
        keep(id, new Playing(current.definition(), step.next(), current.rev() + 1), step);
    }

    /** Writes; when nobody can say whether that happened, the execution is in doubt, and soon looked at. */
    private boolean certainly(ExecutionId id, BooleanSupplier write) {
        try {
            return write.getAsBoolean();
        } catch (FlowStore.Fenced | IllegalArgumentException certainlyNot) {
            throw certainlyNot;
        } catch (RuntimeException unknown) {
            inDoubt.add(id);
            agenda.put(id, clock.instant().plus(DOUBT_MIN));
            throw unknown;
        }
    }

    private void resume(ExecutionId id, FlowStore.Stored stored) {
        Definition machine = machines.definitions().values().stream()
                .filter(known -> known.digest().equals(stored.definition()))
                .findFirst()
                .orElseGet(() -> store.definition(stored.definition()));
        Definition definition = id.isOfItem() ? machine.processor(id.label()) : machine;
        keep(id, new Playing(definition, stored.run(), stored.rev()), idle(stored.run()));
        Interpreter.inFlight(definition, stored.run()).ifPresent(call -> calls.add(new Call(id, call)));
    }

    /** Whether it is the execution of an item whose parent no longer waits for it. */
    private boolean isLeft(ExecutionId id, Run run) {
        return run.execution()
                .item()
                .filter(item -> current(new ExecutionId(id.machine(), item.parent()))
                        .filter(parent -> parent.run().maps(item.mapRun()))
                        .isEmpty())
                .isPresent();
    }

    private static Step idle(Run run) {
        return new Step(run, List.of(), Optional.empty());
    }

    private void keep(ExecutionId id, Playing current, Step step) {
        Run run = current.run();
        Optional<Instant> due = run.due();
        if (due.isPresent()) {
            playing.put(id, current);
            agenda.put(id, run.phase() instanceof Phase.Mapping ? clock.instant() : due.get());
        } else {
            playing.remove(id);
            agenda.remove(id);
        }
        if (!(run.phase() instanceof Phase.Mapping)) {
            lookAtFamily(id, run);
        }
        step.invocation().ifPresent(invocation -> calls.add(new Call(id, invocation)));
    }

    /** A Map Run that is over has its executions stopped; an execution that is over has its Map Run go on. */
    private void lookAtFamily(ExecutionId id, Run run) {
        Instant now = clock.instant();
        if (!id.isOfItem()) {
            playing.forEach((item, of) -> of.run()
                    .execution()
                    .item()
                    .filter(place ->
                            item.machine() == id.machine() && place.parent().equals(id.name()))
                    .ifPresent(place -> agenda.put(item, now)));
        } else if (run.end().isPresent()) {
            run.execution()
                    .item()
                    .map(place -> new ExecutionId(id.machine(), place.parent()))
                    .filter(playing::containsKey)
                    .ifPresent(parent -> agenda.put(parent, now));
        }
    }
}
