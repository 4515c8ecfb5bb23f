package io.hallmark.core.service.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Stage;
import io.hallmark.core.model.Trace;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Ids;
import io.hallmark.core.promotion.Lock;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;
import io.hallmark.core.promotion.Rollback;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Write;
import java.util.Optional;

/**
 * Takes a promotion back: in one transaction the fence rises, the lock turns dirty and the promotion is rolling back, so
 * that nothing of it can act any more; then the rollback machine is started. Where no route was ever declared there is
 * nothing to restore, and the promotion ends at once. Repeating changes nothing.
 */
final class BeginRollback {

    private final Parts parts;

    BeginRollback(Parts parts) {
        this.parts = parts;
    }

    /** Answers the promotion as it is afterwards; {@code cause} counts only if none was recorded before. */
    Promotion begin(String promotionId, Cause cause) {
        return parts.untilCommitted(() -> attempt(promotionId, cause));
    }

    private Optional<Promotion> attempt(String promotionId, Cause cause) {
        Promotion known = Situation.promotion(parts, promotionId);
        Situation at = Situation.read(parts, known.model(), known.target());
        Promotion promotion = Situation.promotion(parts, promotionId);
        if (promotion.status() != PromotionStatus.RUNNING) {
            return Optional.of(promotion);
        }
        if (!at.lock().heldBy(promotionId, promotion.fence())) {
            throw Situation.fenced("promotion " + promotionId + " runs without its lock", at);
        }
        Cause first = promotion.cause().orElse(cause);
        Rollback.Claim claim = new Rollback.Claim(
                Ids.rollbackOf(promotionId),
                promotion.model(),
                promotion.target(),
                Optional.of(promotionId),
                promotion.baseline(),
                Optional.of(promotion.candidate()),
                first,
                promotion.policy().rollback());
        return promotion.moved() ? claim(at, promotion, claim) : end(at, promotion, claim);
    }

    private static Optional<Promotion> claim(Situation at, Promotion promotion, Rollback.Claim claim) {
        Change change = at.change();
        Lock dirty = at.lock().claimedBy(claim.rollbackId(), at.leaseUntil(0));
        Promotion rollingBack = promotion.rollingBack(claim.rollbackId(), claim.cause());
        change.lock(dirty).promotion(rollingBack).rollback(Rollback.claimed(claim, dirty.fence(), change.at()));
        tellClaimed(change, claim, dirty);
        return start(change, claim.rollbackId(), promotion.trace()).commit()
                ? Optional.of(rollingBack)
                : Optional.empty();
    }

    static void tellClaimed(Change change, Rollback.Claim claim, Lock dirty) {
        change.tell(
                "rollback.claimed",
                claim.promotionId(),
                claim.cause().actor(),
                claim.cause().reason(),
                Json.object()
                        .with("rollbackId", claim.rollbackId())
                        .with("cause", claim.cause().json())
                        .withOptional("baseline", claim.baseline().map(version -> version.json()))
                        .with("fence", dirty.fence()));
    }

    static Change start(Change change, String rollbackId, Optional<Trace> trace) {
        return change.start(
                Flows.Machine.ROLLBACK,
                Ids.rollbackExecution(rollbackId, 1),
                Json.object().with("rollbackId", rollbackId),
                trace);
    }

    private static Optional<Promotion> end(Situation at, Promotion promotion, Rollback.Claim claim) {
        Change change = at.change();
        PromotionStatus status = ending(claim.cause());
        Lock free = at.lock().claimedBy(claim.rollbackId(), change.at()).released();
        Json.Obj proof = Json.object()
                .with("basis", "UNMOVED")
                .with("reason", "no route was declared for the candidate")
                .with("routeRevision", free.routeRevision())
                .with("fence", free.fence())
                .with("provenAt", change.at().toString());
        Rollback nothing = Rollback.claimed(claim, free.fence(), change.at()).proven(proof, change.at());
        Promotion ended =
                promotion.rollingBack(claim.rollbackId(), claim.cause()).ended(status, change.at());
        change.lock(free).promotion(ended).rollback(nothing);
        change.write(Write.put(new Item(PromotionKeys.proof(promotion.id()), proof)));
        if (status == PromotionStatus.REJECTED) {
            change.stage(promotion.candidate(), Stage.REJECTED);
        }
        Barred.write(promotion, claim.cause(), change.at()).ifPresent(change::write);
        boolean committed = change.tell(
                        status == PromotionStatus.REJECTED ? "promotion.rejected" : "promotion.cancelled",
                        Optional.of(promotion.id()),
                        claim.cause().actor(),
                        claim.cause().reason(),
                        Json.object().with("cause", claim.cause().json()).with("status", status.name()))
                .commit();
        return committed ? Optional.of(ended) : Optional.empty();
    }

    /** How a promotion ends that had moved nothing. */
    private static PromotionStatus ending(Cause cause) {
        return switch (cause.kind()) {
            case GATE, UNDECIDED -> PromotionStatus.REJECTED;
            case CANCELLED, EMERGENCY -> PromotionStatus.CANCELLED;
            case GUARDRAIL, INCONCLUSIVE, NO_EVIDENCE, STALE, ROUTE_DRIFT, FAULT, DENIED, APPROVAL_TIMEOUT ->
                PromotionStatus.ROLLED_BACK;
        };
    }

    /** The policy that proves a rollback which belongs to no promotion. */
    static Policy.RollbackRule ruleOf(Optional<Promotion> promotion) {
        return promotion.map(known -> known.policy().rollback()).orElse(new Policy.RollbackRule(2, 15, 35, 40));
    }
}
