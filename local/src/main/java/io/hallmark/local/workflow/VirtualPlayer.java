package io.hallmark.local.workflow;

import io.hallmark.local.workflow.asl.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Plays on a virtual clock, in the caller's thread: does everything that is due, then jumps to the next moment at which
 * something is. A day of waiting passes in no time.
 */
public final class VirtualPlayer {

    private final Player player;
    private final VirtualTime time;
    private final Performer performer;
    private final Deque<Call> calls = new ArrayDeque<>();

    /** The flows must have been made with this very clock. */
    public VirtualPlayer(LocalFlows flows, TaskInvoker invoker, VirtualTime time) {
        this.player = flows.player();
        this.time = time;
        this.performer = new Performer(invoker);
    }

    /** Plays until nothing more will happen by itself. */
    public void runUntilIdle() {
        runUntil(() -> false);
    }

    /** Plays until this holds (asked before each piece of work), or until nothing more will happen by itself. */
    public void runUntil(BooleanSupplier done) {
        while (!done.getAsBoolean() && (work() || jump(Optional.empty()))) {
            // Each round does one piece of work or moves the clock.
        }
    }

    /** Plays this much time; afterwards that much has passed. */
    public void run(Duration span) {
        Instant end = time.instant().plus(span);
        while (work() || jump(Optional.of(end))) {
            // Each round does one piece of work or moves the clock.
        }
        time.moveTo(end);
    }

    /** Does one piece of work that is due now; false when there is none. */
    private boolean work() {
        if (time.runDue()) {
            return true;
        }
        if (calls.isEmpty()) {
            calls.addAll(player.turn());
        }
        Call call = calls.poll();
        if (call == null) {
            return false;
        }
        if (player.isCurrent(call)) {
            Optional<Event> event = performer.perform(call.invocation());
            event.ifPresent(came -> player.deliver(call.id(), came));
        }
        return true;
    }

    /** Moves the clock to the next moment at which something is due, if there is one before the end. */
    private boolean jump(Optional<Instant> end) {
        Optional<Instant> timer = player.nextDue();
        Optional<Instant> plan = time.next();
        Optional<Instant> next =
                Stream.of(timer, plan).flatMap(Optional::stream).min(Comparator.naturalOrder());
        if (next.isEmpty() || end.filter(last -> last.isBefore(next.get())).isPresent()) {
            return false;
        }
        time.moveTo(next.get());
        return true;
    }
}
