package io.hallmark.core.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import java.time.Instant;
import java.util.Optional;

/** One way back: which pinned baseline, under which fence, how far, and why. As its row has it. */
public record Rollback(Json.Obj row) {

    private static final String STATUS = "status";
    private static final String ATTEMPT = "attempt";
    private static final String EXECUTION = "execution";
    private static final String VERIFIES = "verifies";
    private static final String EQUAL_LOOKS = "equalLooks";
    private static final String LOOKED_AT = "lookedAt";
    private static final String APPLIED_AT = "appliedAt";

    /** How far a rollback has come. */
    public enum Status {
        /** The target is claimed; the baseline is not proven yet. */
        CLAIMED,
        /** The attempts so far could not prove it; a person has been paged and the reconciler goes on. */
        UNPROVEN,
        /** The baseline serves, with proof. */
        PROVEN
    }

    /** What is to be restored where, and on whose behalf. */
    public record Claim(
            String rollbackId,
            ModelName model,
            TargetName target,
            Optional<String> promotionId,
            Optional<VersionRef> baseline,
            Optional<VersionRef> from,
            Cause cause,
            Policy.RollbackRule rule) {}

    public static Rollback claimed(Claim claim, long fence, Instant at) {
        return new Rollback(Json.object()
                .with("rollbackId", claim.rollbackId())
                .with("model", claim.model().value())
                .with("target", claim.target().value())
                .withOptional("promotionId", claim.promotionId().map(Json::of))
                .withOptional("baseline", claim.baseline().map(VersionRef::json))
                .withOptional("from", claim.from().map(VersionRef::json))
                .with("cause", claim.cause().json())
                .with("rule", claim.rule().json())
                .with(STATUS, Status.CLAIMED.name())
                .with(ATTEMPT, 1)
                .with(VERIFIES, 0)
                .with(EQUAL_LOOKS, 0)
                .with("fence", fence)
                .with("claimedAt", at.toString()));
    }

    public String id() {
        return row.text("rollbackId");
    }

    public ModelName model() {
        return new ModelName(row.text("model"));
    }

    public TargetName target() {
        return new TargetName(row.text("target"));
    }

    public Optional<String> promotionId() {
        return row.findText("promotionId");
    }

    /** What is restored: a pinned version, or "no route" when empty. */
    public Optional<VersionRef> baseline() {
        return row.findObject("baseline").map(VersionRef::of);
    }

    /** The version that is taken out, if one was. */
    public Optional<VersionRef> from() {
        return row.findObject("from").map(VersionRef::of);
    }

    public Cause cause() {
        return Cause.of(row.object("cause"));
    }

    public Policy.RollbackRule rule() {
        return Policy.RollbackRule.of(row.object("rule"));
    }

    public Status status() {
        return Status.valueOf(row.text(STATUS));
    }

    public boolean proven() {
        return status() == Status.PROVEN;
    }

    public long fence() {
        return row.integer("fence");
    }

    /** The number of the execution that should be driving it: 1, 2, 3 … */
    public long attempt() {
        return row.integer(ATTEMPT);
    }

    public Optional<String> execution() {
        return row.findText(EXECUTION);
    }

    /** Observations of the present attempt. */
    public long verifies() {
        return row.integer(VERIFIES);
    }

    /** Equal observations in a row. */
    public long equalLooks() {
        return row.integer(EQUAL_LOOKS);
    }

    public Optional<Instant> lookedAt() {
        return row.findText(LOOKED_AT).map(Instant::parse);
    }

    /** When the target took the baseline's route. */
    public Optional<Instant> appliedAt() {
        return row.findText(APPLIED_AT).map(Instant::parse);
    }

    public Instant claimedAt() {
        return Instant.parse(row.text("claimedAt"));
    }

    /** An execution begins to drive it: its observations are counted anew. */
    public Rollback drivenBy(String execution) {
        return new Rollback(row.with(EXECUTION, execution).with(VERIFIES, 0).with(EQUAL_LOOKS, 0));
    }

    public Rollback applied(Instant at) {
        return new Rollback(row.with(APPLIED_AT, at.toString()).with(EQUAL_LOOKS, 0));
    }

    public Rollback looked(Instant at, long equalLooks) {
        return new Rollback(
                row.with(VERIFIES, verifies() + 1).with(EQUAL_LOOKS, equalLooks).with(LOOKED_AT, at.toString()));
    }

    public Rollback nextAttempt() {
        return new Rollback(row.with(ATTEMPT, attempt() + 1));
    }

    public Rollback unproven(String reason) {
        return new Rollback(row.with(STATUS, Status.UNPROVEN.name()).with("unprovenBecause", reason));
    }

    public Rollback proven(Json.Obj proof, Instant at) {
        return new Rollback(row.with(STATUS, Status.PROVEN.name())
                .with("proof", proof)
                .with("provenAt", at.toString())
                .without("unprovenBecause"));
    }
}
