package io.hallmark.core.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.Trace;
import java.time.Instant;
import java.util.Optional;

/**
 * One promotion of one version on one target, as its row has it. Each transition answers a new value; that it may happen
 * is the business of who calls it.
 */
public record Promotion(Json.Obj row) {

    private static final String STATUS = "status";
    private static final String PHASE = "phase";
    private static final String CURSOR = "cursor";
    private static final String NEXT = "next";
    private static final String MOVED = "moved";
    private static final String CAUSE = "cause";
    private static final String EXTENSIONS = "extensions";
    private static final String ERROR_STREAK = "errorStreak";
    private static final String LOOKS = "looks";
    private static final String STEP_SINCE = "stepSince";
    private static final String STEP_REVISION = "stepRevision";
    private static final String LOOKED_AT = "lookedAt";
    private static final String ROLLBACK_ID = "rollbackId";

    /** What a request asks for, after it was understood. */
    public record Asked(
            String promotionId,
            ModelName model,
            TargetName target,
            VersionRef candidate,
            Optional<VersionRef> baseline,
            Policy policy,
            GatePin gates,
            Optional<GatePin> productionGates,
            Optional<Json.Obj> review,
            String reason,
            Optional<String> override,
            Actor requestedBy,
            Sha256 requestDigest) {}

    /** The gate policy that decides, by its content. */
    public record GatePin(String name, long version, Sha256 digest) {

        public Json.Obj json() {
            return Json.object().with("name", name).with("version", version).with("digest", digest.hex());
        }

        static GatePin of(Json.Obj row) {
            return new GatePin(row.text("name"), row.integer("version"), new Sha256(row.text("digest")));
        }
    }

    /** A promotion that has just taken its target. */
    public static Promotion requested(Asked asked, long fence, Instant at) {
        return new Promotion(Json.object()
                .with("promotionId", asked.promotionId())
                .with("model", asked.model().value())
                .with("target", asked.target().value())
                .with("candidate", asked.candidate().json())
                .withOptional("baseline", asked.baseline().map(VersionRef::json))
                .with("policyName", asked.policy().name())
                .with("policyDigest", asked.policy().digest().hex())
                .with("policy", asked.policy().document())
                .with("gatePolicy", asked.gates().json())
                .withOptional("productionGatePolicy", asked.productionGates().map(GatePin::json))
                .withOptional("review", asked.review())
                .with(STATUS, PromotionStatus.RUNNING.name())
                .with(PHASE, Phase.REQUESTED.text())
                .with(CURSOR, -1)
                .with(NEXT, -1)
                .with(MOVED, false)
                .with(EXTENSIONS, 0)
                .with(ERROR_STREAK, 0)
                .with(LOOKS, 0)
                .with("fence", fence)
                .with("reason", asked.reason())
                .withOptional("override", asked.override().map(Json::of))
                .with("requestedBy", asked.requestedBy().value())
                .with("requestedAt", at.toString())
                .with("requestDigest", asked.requestDigest().hex()));
    }

    /** The upload that its version came from, and the trace that began with it. */
    public Promotion of(Sha256 uploadId, Optional<Trace> trace) {
        return new Promotion(row.with("uploadId", uploadId.hex())
                .withOptional("trace", trace.map(began -> Json.of(began.header()))));
    }

    /** The upload that its version came from. */
    public Optional<Sha256> upload() {
        return row.findText("uploadId").map(Sha256::new);
    }

    /** The trace that began with the upload. */
    public Optional<Trace> trace() {
        return row.findText("trace").flatMap(Trace::parse);
    }

    public String id() {
        return row.text("promotionId");
    }

    public ModelName model() {
        return new ModelName(row.text("model"));
    }

    public TargetName target() {
        return new TargetName(row.text("target"));
    }

    public VersionRef candidate() {
        return VersionRef.of(row.object("candidate"));
    }

    /** The version that production goes back to; empty for a first version. */
    public Optional<VersionRef> baseline() {
        return row.findObject("baseline").map(VersionRef::of);
    }

    /** The policy as it was when the promotion was asked for; later changes do not reach it. */
    public Policy policy() {
        return Policy.pinned(row.text("policyName"), row.object("policy"));
    }

    /** The gate policy as it was when the promotion was asked for. */
    public GatePin gatePolicy() {
        return GatePin.of(row.object("gatePolicy"));
    }

    /** The gate policy that stands before production, if one does. */
    public Optional<GatePin> productionGatePolicy() {
        return row.findObject("productionGatePolicy").map(GatePin::of);
    }

    public Optional<Json.Obj> productionGates() {
        return row.findObject("productionGates");
    }

    /** The gates before production were judged. */
    public Promotion gatedForProduction(Json.Obj verdict) {
        return with("productionGates", verdict);
    }

    /** The review of an earlier decision that came with the request. */
    public Optional<Json.Obj> review() {
        return row.findObject("review");
    }

    /** The decision of the gates, once there is one. */
    public Optional<Sha256> decision() {
        return gates().flatMap(found -> found.findText("digest")).map(Sha256::new);
    }

    public PromotionStatus status() {
        return PromotionStatus.valueOf(row.text(STATUS));
    }

    public Phase phase() {
        return Phase.parse(row.text(PHASE));
    }

    /** The canary step that traffic is at, -1 before the first. */
    public int cursor() {
        return Math.toIntExact(row.integer(CURSOR));
    }

    /** The canary step that the last verdict assigned, -1 while none has. */
    public int next() {
        return Math.toIntExact(row.integer(NEXT));
    }

    /** Whether a route was ever declared for it. */
    public boolean moved() {
        return row.flag(MOVED);
    }

    public long fence() {
        return row.integer("fence");
    }

    public int extensions() {
        return Math.toIntExact(row.integer(EXTENSIONS));
    }

    public int errorStreak() {
        return Math.toIntExact(row.integer(ERROR_STREAK));
    }

    public long looks() {
        return row.integer(LOOKS);
    }

    public Optional<Instant> stepSince() {
        return row.findText(STEP_SINCE).map(Instant::parse);
    }

    /** The revision of the route that the present step declared. */
    public Optional<Long> stepRevision() {
        return row.findInteger(STEP_REVISION);
    }

    public Optional<Instant> lookedAt() {
        return row.findText(LOOKED_AT).map(Instant::parse);
    }

    public Instant requestedAt() {
        return Instant.parse(row.text("requestedAt"));
    }

    public Actor requestedBy() {
        return new Actor(row.text("requestedBy"));
    }

    public Optional<Cause> cause() {
        return row.findObject(CAUSE).map(Cause::of);
    }

    public Optional<String> rollbackId() {
        return row.findText(ROLLBACK_ID);
    }

    public Optional<Json.Obj> verdict() {
        return row.findObject("verdict");
    }

    public Optional<Json.Obj> gates() {
        return row.findObject("gates");
    }

    public Promotion inPhase(Phase phase) {
        return with(PHASE, Json.of(phase.text()));
    }

    /** The gates were judged. */
    public Promotion gated(Json.Obj verdict) {
        return with("gates", verdict);
    }

    /** Why it will be taken back, for whoever takes it back. The first cause stays. */
    public Promotion because(Cause cause) {
        return cause().isPresent() ? this : with(CAUSE, cause.json());
    }

    /** A route of this revision was declared for a phase: the step begins now, and its looks are counted anew. */
    public Promotion atStep(Phase phase, int cursor, long routeRevision, Instant since) {
        return new Promotion(row.with(MOVED, true)
                .with(PHASE, phase.text())
                .with(CURSOR, cursor)
                .with(STEP_REVISION, routeRevision)
                .with(STEP_SINCE, since.toString())
                .with(EXTENSIONS, 0)
                .with(ERROR_STREAK, 0)
                .with(LOOKS, 0)
                .without(LOOKED_AT));
    }

    /** The verdict assigns the next step; only the shift consumes it. */
    public Promotion assigned(int next) {
        return with(NEXT, Json.of(next));
    }

    /** A look was taken. */
    public Promotion looked(Instant at, int errorStreak, int extensions, Json.Obj verdict) {
        return new Promotion(row.with(LOOKS, looks() + 1)
                .with(LOOKED_AT, at.toString())
                .with(ERROR_STREAK, errorStreak)
                .with(EXTENSIONS, extensions)
                .with("verdict", verdict));
    }

    public Promotion rollingBack(String rollbackId, Cause cause) {
        return because(cause)
                .with(STATUS, Json.of(PromotionStatus.ROLLING_BACK.name()))
                .with(ROLLBACK_ID, Json.of(rollbackId));
    }

    /** The end. Whoever calls this has checked that it had not ended before. */
    public Promotion ended(PromotionStatus status, Instant at) {
        return new Promotion(row.with(STATUS, status.name())
                .with(PHASE, Phase.ENDED.text())
                .with("endedIn", row.text(PHASE))
                .with("endedAt", at.toString()));
    }

    private Promotion with(String name, Json value) {
        return new Promotion(row.with(name, value));
    }
}
