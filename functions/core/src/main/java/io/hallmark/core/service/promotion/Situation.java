package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.Intent;
import io.hallmark.core.promotion.Lock;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;
import io.hallmark.core.promotion.Rollback;
import io.hallmark.core.service.target.DeploymentTarget;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the rows of one target say, with the change that would be made on them. */
record Situation(
        Change change,
        ModelName model,
        TargetName target,
        Lock lock,
        Optional<Intent> intent,
        Optional<Pointer> pointer) {

    /** How long after it was expected a holder may be silent before the reconciler asks after it. */
    private static final Duration LEASE_SLACK = Duration.ofMinutes(10);

    static Situation read(Parts parts, ModelName model, TargetName target) {
        Change change = Change.on(parts, model, target);
        Table table = parts.table();
        return new Situation(
                change,
                model,
                target,
                table.get(Keys.lock(target, model))
                        .map(item -> Lock.of(item.attributes()))
                        .orElse(Lock.NEVER),
                table.get(Keys.intent(target, model)).map(item -> Intent.of(item.attributes())),
                table.get(Keys.pointer(target, model)).map(item -> Pointer.of(item.attributes())));
    }

    static Promotion promotion(Parts parts, String promotionId) {
        return findPromotion(parts.table(), promotionId)
                .orElseThrow(() -> new RegistryFailure.NotFound("promotion", promotionId));
    }

    static Optional<Promotion> findPromotion(Table table, String promotionId) {
        return table.get(Keys.promotion(promotionId)).map(Item::attributes).map(Promotion::new);
    }

    static Rollback rollback(Parts parts, String rollbackId) {
        return findRollback(parts.table(), rollbackId)
                .orElseThrow(() -> new RegistryFailure.NotFound("rollback", rollbackId));
    }

    static Optional<Rollback> findRollback(Table table, String rollbackId) {
        return table.get(PromotionKeys.rollback(rollbackId))
                .map(Item::attributes)
                .map(Rollback::new);
    }

    /** A promotion that may act: it runs, and the lock is its own under its own fence. */
    record Live(Promotion promotion, Situation at) {

        static Live require(Parts parts, String promotionId) {
            Promotion known = Situation.promotion(parts, promotionId);
            Situation at = read(parts, known.model(), known.target());
            Promotion promotion = Situation.promotion(parts, promotionId);
            boolean live =
                    promotion.status() == PromotionStatus.RUNNING && at.lock().heldBy(promotionId, promotion.fence());
            if (!live) {
                throw fenced(
                        "promotion " + promotionId + " is " + promotion.status() + " and the lock is "
                                + at.lock().state() + " at fence " + at.lock().fence(),
                        at);
            }
            return new Live(promotion, at);
        }

        /** A live promotion whose fate is open: nothing has been found against it. */
        static Live requireUnharmed(Parts parts, String promotionId) {
            Live live = require(parts, promotionId);
            live.promotion().cause().ifPresent(cause -> {
                throw fenced("promotion " + promotionId + " is to be taken back: " + cause.reason(), live.at());
            });
            return live;
        }

        Change change() {
            return at.change();
        }

        /** The lock, heard of now and expected again after this long. */
        Lock heard(long waitSeconds) {
            return at.lock().heardOf(at.leaseUntil(waitSeconds));
        }

        /** The route that the promotion declared last. */
        Intent declared() {
            return at.intent()
                    .filter(intent -> intent.owner().equals(promotion.id()) && intent.fence() == promotion.fence())
                    .orElseThrow(() -> fenced("promotion " + promotion.id() + " has declared no route", at));
        }
    }

    /** A rollback that may act: the lock is dirty by it, under its own fence. */
    record Claimed(Rollback rollback, Situation at) {

        static Claimed require(Parts parts, String rollbackId) {
            Rollback known = Situation.rollback(parts, rollbackId);
            Situation at = read(parts, known.model(), known.target());
            Rollback rollback = Situation.rollback(parts, rollbackId);
            if (rollback.proven() || !at.lock().dirtyBy(rollbackId, rollback.fence())) {
                throw fenced(
                        "rollback " + rollbackId + " is " + rollback.status() + " and the lock is "
                                + at.lock().state() + " at fence " + at.lock().fence(),
                        at);
            }
            return new Claimed(rollback, at);
        }

        Change change() {
            return at.change();
        }

        Lock heard(long waitSeconds) {
            return at.lock().heardOf(at.leaseUntil(waitSeconds));
        }

        /** The route that this rollback declared last, if it did. */
        Optional<Intent> declared() {
            return at.intent()
                    .filter(intent -> intent.owner().equals(rollback.id()) && intent.fence() == rollback.fence());
        }
    }

    Instant leaseUntil(long waitSeconds) {
        return change.at().plusSeconds(waitSeconds).plus(LEASE_SLACK);
    }

    DeploymentTarget adapter(Parts parts) {
        return parts.targets().of(target);
    }

    static RegistryFailure fenced(String message, Situation at) {
        return new RegistryFailure.Conflict(
                "FENCED",
                message,
                Json.object()
                        .with("lock", at.lock().state().name())
                        .with("fence", at.lock().fence()));
    }
}
