package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.UploadId;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.Trace;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.promotion.Ids;
import io.hallmark.core.promotion.Lock;
import io.hallmark.core.promotion.Pins;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.service.Idempotency;
import io.hallmark.core.service.Integrity;
import io.hallmark.core.service.query.VersionLookup;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.version.VersionRecord;
import java.util.Optional;

/**
 * Takes a target for a version, in one transaction: the promotion, the lock from FREE to HELD with the next fence, the
 * audit entry, and the start of the machine in the outbox. Of two requests at once one is refused.
 */
public final class RequestPromotion {

    private static final long RETRY_AFTER_SECONDS = 30;

    private final Parts parts;
    private final Policies policies;
    private final Idempotency idempotency;
    private final VersionLookup versions;

    public RequestPromotion(Parts parts, Policies policies, Idempotency idempotency) {
        this.parts = parts;
        this.idempotency = idempotency;
        this.policies = policies;
        this.versions = new VersionLookup(parts.table());
    }

    /**
     * What is asked for.
     *
     * @param version a number or a semantic version
     * @param expectedBaseline what the caller believes is in production, a number or a semantic version
     * @param bootstrap there is no version in production yet, and the caller knows
     * @param override why a version that was taken back on a failed guardrail or gate may try again
     * @param review of an earlier decision, whose open questions the caller accepts
     */
    public record Request(
            ModelName model,
            String version,
            TargetName target,
            String policy,
            String reason,
            Optional<String> expectedBaseline,
            boolean bootstrap,
            Optional<String> override,
            Optional<Review> review,
            String idempotencyKey,
            Actor actor) {

        /** Accepts what this decision could not show. */
        public record Review(Sha256 decision, String reason) {

            Json.Obj json() {
                return Json.object().with("decision", decision.hex()).with("reason", reason);
            }
        }

        /** The digest of all that is asked for: the same key with another one is another request. */
        Sha256 digest() {
            return Hashing.sha256(CanonicalJson.bytes(Json.object()
                    .with("model", model.value())
                    .with("version", version)
                    .with("target", target.value())
                    .with("policy", policy)
                    .with("reason", reason)
                    .withOptional("expectedBaseline", expectedBaseline.map(Json::of))
                    .with("bootstrap", bootstrap)
                    .withOptional("override", override.map(Json::of))
                    .withOptional("review", review.map(Review::json))));
        }
    }

    /** The promotion that was started, or that the same request had started before. */
    public Promotion request(Request request) {
        return parts.untilCommitted(() -> attempt(request));
    }

    private Optional<Promotion> attempt(Request request) {
        Optional<Promotion> before = repeated(request);
        if (before.isPresent()) {
            return before;
        }
        parts.targets().of(request.target());
        VersionRecord version = versions.get(request.model(), request.version());
        Policy policy = policies.get(request.policy());
        String id = Ids.promotion(
                request.model(), request.target(), version.number(), policy.digest(), request.idempotencyKey());
        Optional<Promotion> known = known(request, id);
        if (known.isPresent()) {
            return known;
        }
        Situation at = Situation.read(parts, request.model(), request.target());
        if (at.lock().state() != Lock.State.FREE) {
            throw busy(at);
        }
        Optional<VersionRef> baseline = at.pointer().flatMap(Pointer::version);
        requireBaseline(request, baseline);
        VersionRef candidate = Pins.pin(version);
        if (baseline.filter(candidate::equals).isPresent()) {
            throw new RegistryFailure.Conflict(
                    "STATE", "version " + version.version() + " is in production on " + request.target() + " already");
        }
        requireNotBarred(request, version);
        requireVerified(parts.gates().integrity(version), version);
        Rules rules = Rules.of(parts, policy, request);
        rules.requireReviewable(parts, request, version.number(), at.change().at());
        return start(request, id, at, candidate, baseline, rules, UploadId.of(version.source()));
    }

    private Optional<Promotion> start(
            Request request,
            String id,
            Situation at,
            VersionRef candidate,
            Optional<VersionRef> baseline,
            Rules rules,
            Sha256 upload) {
        Optional<Trace> trace = UploadRows.find(parts.table(), upload).flatMap(UploadRecord::trace);
        Policy policy = rules.delivery();
        Change change = at.change();
        Lock held = at.lock().takenBy(id, at.leaseUntil(0));
        Promotion promotion = Promotion.requested(
                        new Promotion.Asked(
                                id,
                                request.model(),
                                request.target(),
                                candidate,
                                baseline,
                                policy,
                                rules.pin(),
                                rules.productionPin(),
                                request.review().map(Request.Review::json),
                                request.reason(),
                                request.override(),
                                request.actor(),
                                request.digest()),
                        held.fence(),
                        change.at())
                .of(upload, trace);
        Idempotency.Answer answer = new Idempotency.Answer(202, Json.object().with("promotionId", id));
        boolean committed = change.lock(held)
                .promotion(promotion)
                .write(idempotency.keep(named(request), answer))
                .writes(parts.gates().keep(rules.gates()))
                .tell(
                        "promotion.started",
                        Optional.of(id),
                        request.actor(),
                        request.reason(),
                        Json.object()
                                .with("candidate", candidate.json())
                                .withOptional("baseline", baseline.map(VersionRef::json))
                                .with("policy", policy.name())
                                .with("policyDigest", policy.digest().hex())
                                .with("gatePolicy", rules.pin().json())
                                .withOptional(
                                        "productionGatePolicy",
                                        rules.productionPin().map(Promotion.GatePin::json))
                                .withOptional("review", request.review().map(Request.Review::json))
                                .withOptional("override", request.override().map(Json::of))
                                .with("fence", held.fence()))
                .start(
                        Flows.Machine.PROMOTION,
                        Ids.promotionExecution(id),
                        Json.object().with("promotionId", id),
                        trace)
                .commit();
        return committed ? Optional.of(promotion) : Optional.empty();
    }

    private Optional<Promotion> repeated(Request request) {
        return idempotency
                .repeated(named(request))
                .map(answer -> Situation.promotion(parts, answer.body().text("promotionId")));
    }

    /** The promotion of this id, which outlives the memory of its key. */
    private Optional<Promotion> known(Request request, String id) {
        Optional<Promotion> known = Situation.findPromotion(parts.table(), id);
        known.filter(promotion -> !promotion
                        .row()
                        .text("requestDigest")
                        .equals(request.digest().hex()))
                .ifPresent(other -> {
                    throw new RegistryFailure.Invalid(
                            "",
                            "IDEMPOTENCY_MISMATCH",
                            "this Idempotency-Key was used with another request, promotion " + other.id());
                });
        return known;
    }

    private static Idempotency.Request named(Request request) {
        return new Idempotency.Request(request.actor(), request.idempotencyKey(), request.digest());
    }

    private static RegistryFailure busy(Situation at) {
        String owner = at.lock().owner().orElse("");
        boolean rollback = at.lock().state() == Lock.State.DIRTY;
        String link = (rollback ? "/v1/rollbacks/" : "/v1/promotions/") + owner;
        return new RegistryFailure.Conflict(
                "PROMOTION_IN_PROGRESS",
                (rollback ? "rollback " : "promotion ") + owner + " has the target; the lock is "
                        + at.lock().state(),
                Json.object()
                        .with("lock", at.lock().state().name())
                        .with("links", Json.object().with("other", link)));
    }

    private static void requireBaseline(Request request, Optional<VersionRef> baseline) {
        String found = baseline.map(version -> version.version() + " (number " + version.number() + ")")
                .orElse("no version");
        request.expectedBaseline().ifPresent(expected -> {
            boolean same = baseline.filter(
                            version -> version.version().toString().equals(expected)
                                    || version.number().toString().equals(expected))
                    .isPresent();
            if (!same) {
                throw new RegistryFailure.Stale(
                        "BASELINE_MOVED", "expected " + expected + " in production; there is " + found);
            }
        });
        if (baseline.isEmpty() && !request.bootstrap()) {
            throw new RegistryFailure.Conflict(
                    "BOOTSTRAP_REQUIRED",
                    "there is no version of " + request.model() + " in production on " + request.target()
                            + "; a first one needs bootstrap");
        }
    }

    /** Nobody waits for a promotion that cannot pass yet: whoever asks is told how far it is, and when to ask again. */
    private static void requireVerified(Integrity integrity, VersionRecord version) {
        if (!integrity.contradicted().isEmpty()) {
            throw new RegistryFailure.Conflict(
                    "DIGEST_MISMATCH", String.join("; ", integrity.contradicted()), integrity.json());
        }
        if (!integrity.pending().isEmpty()) {
            throw new RegistryFailure.Conflict(
                    "INTEGRITY_PENDING",
                    "version " + version.version() + " is still being verified: "
                            + String.join("; ", integrity.pending()),
                    integrity.json().with("retryAfterSeconds", RETRY_AFTER_SECONDS));
        }
    }

    private void requireNotBarred(Request request, VersionRecord version) {
        Optional<Json.Obj> barred = parts.table()
                .get(PromotionKeys.barred(request.target(), request.model(), version.number()))
                .map(Item::attributes);
        if (barred.isPresent() && request.override().isEmpty()) {
            String by = barred.get().text("promotionId");
            throw new RegistryFailure.Conflict(
                    "OVERRIDE_REQUIRED",
                    "version " + version.version() + " was taken back from " + request.target() + ": "
                            + barred.get().object("cause").text("reason") + "; promoting it again needs override",
                    Json.object().with("links", Json.object().with("other", "/v1/promotions/" + by)));
        }
    }
}
