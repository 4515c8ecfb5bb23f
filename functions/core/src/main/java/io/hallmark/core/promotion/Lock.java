package io.hallmark.core.promotion;

import io.hallmark.core.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * The lock of one (model, target). Its fence and its route revision only ever rise.
 *
 * @param owner the promotion (HELD) or rollback (DIRTY) that has it
 * @param leaseUntil by when the holder should have been heard of again; an expired lease never frees a lock, it calls the
 *     reconciler
 * @param suspect whether the reconciler has seen the lease expired before
 */
public record Lock(
        State state,
        Optional<String> owner,
        long fence,
        long routeRevision,
        Optional<Instant> leaseUntil,
        boolean suspect,
        long rev) {

    /** The lock before anything ever happened on the target. */
    public static final Lock NEVER = new Lock(State.FREE, Optional.empty(), 0, 0, Optional.empty(), false, 0);

    /** Who may act. */
    public enum State {
        /** Nothing is in flight. */
        FREE,
        /** A promotion is. */
        HELD,
        /** A rollback is, and the target is not proven yet. */
        DIRTY
    }

    public boolean heldBy(String id, long atFence) {
        return state == State.HELD && owner.equals(Optional.of(id)) && fence == atFence;
    }

    public boolean dirtyBy(String id, long atFence) {
        return state == State.DIRTY && owner.equals(Optional.of(id)) && fence == atFence;
    }

    public Lock takenBy(String id, Instant until) {
        return new Lock(State.HELD, Optional.of(id), fence + 1, routeRevision, Optional.of(until), false, rev);
    }

    public Lock claimedBy(String id, Instant until) {
        return new Lock(State.DIRTY, Optional.of(id), fence + 1, routeRevision, Optional.of(until), false, rev);
    }

    public Lock released() {
        return new Lock(State.FREE, Optional.empty(), fence, routeRevision, Optional.empty(), false, rev);
    }

    public Lock heardOf(Instant until) {
        return new Lock(state, owner, fence, routeRevision, Optional.of(until), false, rev);
    }

    public Lock suspected(Instant until) {
        return new Lock(state, owner, fence, routeRevision, Optional.of(until), true, rev);
    }

    public Lock atRevision(long revision) {
        return new Lock(state, owner, fence, revision, leaseUntil, suspect, rev);
    }

    public Json.Obj json() {
        return Json.object()
                .with("state", state.name())
                .withOptional("owner", owner.map(Json::of))
                .with("fence", fence)
                .with("routeRevision", routeRevision)
                .withOptional("leaseUntil", leaseUntil.map(at -> Json.of(at.toString())))
                .with("suspect", suspect)
                .with("rev", rev);
    }

    public static Lock of(Json.Obj row) {
        return new Lock(
                State.valueOf(row.text("state")),
                row.findText("owner"),
                row.integer("fence"),
                row.integer("routeRevision"),
                row.findText("leaseUntil").map(Instant::parse),
                row.flag("suspect"),
                row.integer("rev"));
    }
}
