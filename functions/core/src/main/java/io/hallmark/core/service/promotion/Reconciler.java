package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Ids;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;
import io.hallmark.core.promotion.Rollback;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Query;
import java.util.Optional;

/**
 * Sees to it that nothing stays in between: a promotion whose machine has ended is rolled back, a rollback that is not
 * proven gets its next attempt, and while no machine can be started the reconciler drives rollbacks itself.
 */
public final class Reconciler {

    private static final int PAGES_MAX = 10;
    private static final int PAGE = 100;

    private final Parts parts;
    private final DriveRollback drive;

    public Reconciler(Parts parts) {
        this.parts = parts;
        this.drive = new DriveRollback(parts);
    }

    /**
     * What a sweep found and did.
     *
     * @param stuck promotions of which nothing was heard within their lease, and rollbacks that could not be proven so far
     */
    public record Swept(int promotions, int rollbacks, int failures, int stuck) {}

    /** An execution of either machine has ended, however it did. */
    public void ended(String executionName) {
        Optional<String> rollbackId = Ids.rollbackOfExecution(executionName);
        rollbackId.ifPresent(this::rollback);
        if (rollbackId.isEmpty()) {
            Ids.promotionOfExecution(executionName).ifPresent(this::promotion);
        }
    }

    /** Looks after everything that is in flight. One that cannot be helped now does not keep the others waiting. */
    public Swept sweep() {
        int promotions = 0;
        int rollbacks = 0;
        int failures = 0;
        int stuck = 0;
        Optional<String> after = Optional.empty();
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            Page page = parts.table()
                    .queryIndex(Index.GSI1, Query.all(PromotionKeys.OPEN, PAGE).after(after));
            for (Item item : page.items()) {
                Optional<String> rollbackId = item.attributes()
                        .findText("claimedAt")
                        .map(at -> item.attributes().text("rollbackId"));
                try {
                    if (rollbackId.isPresent()) {
                        rollbacks++;
                        stuck += new Rollback(item.attributes()).status() == Rollback.Status.UNPROVEN ? 1 : 0;
                        rollback(rollbackId.get());
                    } else {
                        promotions++;
                        stuck += promotion(item.attributes().text("promotionId")) ? 1 : 0;
                    }
                } catch (RegistryFailure failed) {
                    failures++;
                }
            }
            after = page.next();
            if (after.isEmpty()) {
                break;
            }
        }
        return new Swept(promotions, rollbacks, failures, stuck);
    }

    /** Looks after one promotion; answers whether it was taken back because nothing was heard of it within its lease. */
    public boolean promotion(String promotionId) {
        Optional<Promotion> found = Situation.findPromotion(parts.table(), promotionId);
        if (found.filter(promotion -> promotion.status() == PromotionStatus.RUNNING)
                .isEmpty()) {
            return false;
        }
        Optional<Flows.Status> status;
        try {
            status = ensured(found.get());
        } catch (RegistryFailure.Unavailable noMachines) {
            status = Optional.empty();
        }
        boolean runs = status.filter(Flows.Status.RUNNING::equals).isPresent();
        boolean over = status.isPresent() && !runs;
        if (over) {
            String reason = "the promotion machine ended " + status.get() + " in phase "
                    + found.get().phase().text();
            new BeginRollback(parts).begin(promotionId, new Cause(Cause.Kind.FAULT, reason, Actor.REGISTRY));
            return false;
        }
        if (runs) {
            resend(promotionId);
        }
        boolean silent = leaseIsOver(found.get());
        if (silent) {
            String reason = "nothing was heard of the promotion since its lease ended";
            new BeginRollback(parts).begin(promotionId, new Cause(Cause.Kind.FAULT, reason, Actor.REGISTRY));
        }
        return silent;
    }

    /** Looks after one rollback. */
    public void rollback(String rollbackId) {
        Optional<Rollback> found = Situation.findRollback(parts.table(), rollbackId);
        if (found.filter(rollback -> !rollback.proven()).isEmpty()) {
            return;
        }
        long attempt = found.get().attempt();
        try {
            Optional<Flows.Execution> execution =
                    parts.flows().describe(Flows.Machine.ROLLBACK, Ids.rollbackExecution(rollbackId, attempt));
            if (execution.isEmpty()) {
                start(rollbackId, attempt);
            } else if (execution.get().status() != Flows.Status.RUNNING) {
                start(rollbackId, parts.untilCommitted(() -> nextAttempt(rollbackId, attempt)));
            }
        } catch (RegistryFailure.Unavailable noMachines) {
            drive.step(rollbackId);
        }
    }

    private Optional<Flows.Status> ensured(Promotion promotion) {
        String name = Ids.promotionExecution(promotion.id());
        Optional<Flows.Execution> execution = parts.flows().describe(Flows.Machine.PROMOTION, name);
        if (execution.isEmpty()) {
            parts.flows()
                    .start(
                            Flows.Machine.PROMOTION,
                            name,
                            Json.object().with("promotionId", promotion.id()),
                            promotion.trace());
            return Optional.of(Flows.Status.RUNNING);
        }
        return execution.map(Flows.Execution::status);
    }

    private void start(String rollbackId, long attempt) {
        parts.flows()
                .start(
                        Flows.Machine.ROLLBACK,
                        Ids.rollbackExecution(rollbackId, attempt),
                        Json.object().with("rollbackId", rollbackId));
    }

    private Optional<Long> nextAttempt(String rollbackId, long after) {
        Rollback rollback = Situation.rollback(parts, rollbackId);
        if (rollback.attempt() != after) {
            return Optional.of(rollback.attempt());
        }
        Situation.Claimed claimed = Situation.Claimed.require(parts, rollbackId);
        Rollback next = claimed.rollback().nextAttempt();
        boolean committed =
                claimed.change().lock(claimed.heard(0)).rollback(next).commit();
        return committed ? Optional.of(next.attempt()) : Optional.empty();
    }

    /** A decision that did not reach its machine is sent again. */
    private void resend(String promotionId) {
        Approvals.find(parts.table(), promotionId)
                .filter(approval -> approval.state() != Approvals.State.PENDING)
                .ifPresent(approval -> approval.token()
                        .ifPresent(token -> parts.flows()
                                .sendTaskSuccess(token, approval.answer().json())));
    }

    /**
     * Whether the lease was over at two sights with a grace between them: a registry that was switched off for a night
     * lets its machine speak first.
     */
    private boolean leaseIsOver(Promotion promotion) {
        Situation at = Situation.read(parts, promotion.model(), promotion.target());
        boolean ours = at.lock().heldBy(promotion.id(), promotion.fence());
        boolean over = at.lock()
                .leaseUntil()
                .filter(until -> until.isBefore(at.change().at()))
                .isPresent();
        if (!ours || !over) {
            return false;
        }
        if (at.lock().suspect()) {
            return true;
        }
        at.change().lock(at.lock().suspected(at.leaseUntil(0))).commit();
        return false;
    }
}
