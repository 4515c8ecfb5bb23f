package io.hallmark.local.workflow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told to move, and things to do when it gets there. For one thread. */
public final class VirtualTime implements InstantSource {

    private final Instant start;
    private final AtomicLong nanosPassed = new AtomicLong();
    private final AtomicLong places = new AtomicLong();
    private final PriorityQueue<Plan> plans =
            new PriorityQueue<>(Comparator.comparing(Plan::at).thenComparing(Plan::place));

    private record Plan(Instant at, long place, Runnable work) {}

    public VirtualTime(Instant start) {
        this.start = start;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanosPassed.get());
    }

    /** Plans work for a moment; plans for one moment happen in the order they were made. */
    public void at(Instant moment, Runnable work) {
        plans.add(new Plan(moment, places.incrementAndGet(), work));
    }

    /** Plans work for so much later. */
    public void after(Duration delay, Runnable work) {
        at(instant().plus(delay), work);
    }

    /** When the next planned work is due. */
    public Optional<Instant> next() {
        return Optional.ofNullable(plans.peek()).map(Plan::at);
    }

    /** Moves the clock without doing what is planned on the way; never back. */
    public void moveTo(Instant moment) {
        if (moment.isAfter(instant())) {
            nanosPassed.set(Duration.between(start, moment).toNanos());
        }
    }

    /** Does one piece of planned work that is due; false when there is none. */
    boolean runDue() {
        if (next().filter(moment -> !moment.isAfter(instant())).isEmpty()) {
            return false;
        }
        plans.remove().work().run();
        return true;
    }
}
