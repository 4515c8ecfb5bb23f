package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;
import io.hallmark.core.store.Flows;
import java.util.List;
import java.util.Optional;

/** Decides about an approval: first in the table, then towards the waiting machine. */
public final class Approve {

    private final Parts parts;

    public Approve(Parts parts) {
        this.parts = parts;
    }

    /** A decision of a person about the evidence with this hash. */
    public record Decision(boolean granted, Sha256 evidenceHash, String reason, Actor actor) {}

    /** Answers the approval row as it stands afterwards; the same decision again changes nothing. */
    public Json.Obj decide(String promotionId, Decision decision) {
        Approvals.Approval decided = parts.untilCommitted(() -> attempt(promotionId, decision));
        decided.token().ifPresent(token -> send(promotionId, token, decided));
        return decided.row().without("token").without("rev");
    }

    private Optional<Approvals.Approval> attempt(String promotionId, Decision decision) {
        Promotion known = Situation.promotion(parts, promotionId);
        Situation at = Situation.read(parts, known.model(), known.target());
        Promotion promotion = Situation.promotion(parts, promotionId);
        Approvals.Approval found = Approvals.find(parts.table(), promotionId)
                .orElseThrow(() -> new RegistryFailure.Conflict(
                        "NO_APPROVAL", "promotion " + promotionId + " is not waiting for an approval"));
        if (promotion.status() != PromotionStatus.RUNNING || promotion.cause().isPresent()) {
            throw tooLate(promotion);
        }
        if (!found.evidenceHash().equals(decision.evidenceHash())) {
            throw new RegistryFailure.Conflict(
                    "EVIDENCE_STALE",
                    "the evidence has the hash " + found.evidenceHash().hex() + " now",
                    Json.object().with("evidenceHash", found.evidenceHash().hex()));
        }
        if (promotion.requestedBy().equals(decision.actor())
                && !promotion.policy().approval().bySelf()) {
            throw new RegistryFailure.NotAllowed(
                    "SELF_APPROVAL", decision.actor() + " asked for this promotion and cannot approve it");
        }
        Approvals.State wanted = decision.granted() ? Approvals.State.GRANTED : Approvals.State.DENIED;
        if (found.state() != Approvals.State.PENDING) {
            if (found.state() == wanted) {
                return Optional.of(found);
            }
            throw new RegistryFailure.Conflict("APPROVAL_DECIDED", "the approval is " + found.state() + " already");
        }
        if (!at.change().at().isBefore(found.expiresAt())) {
            throw tooLate(promotion);
        }
        Approvals.Approval decided = found.decided(
                wanted, decision.actor(), decision.reason(), at.change().at());
        boolean committed = at.change()
                .writes(List.of(decided.rewrite(promotionId)))
                .tell(
                        decision.granted() ? "promotion.approved" : "promotion.denied",
                        Optional.of(promotionId),
                        decision.actor(),
                        decision.reason(),
                        Json.object().with("evidenceHash", found.evidenceHash().hex()))
                .commit();
        return committed ? Optional.of(decided) : Optional.empty();
    }

    private void send(String promotionId, String token, Approvals.Approval decided) {
        try {
            Flows.TokenAnswer answer =
                    parts.flows().sendTaskSuccess(token, decided.answer().json());
            Promotion promotion = Situation.promotion(parts, promotionId);
            if (answer == Flows.TokenAnswer.TIMED_OUT && promotion.status() != PromotionStatus.RUNNING) {
                throw tooLate(promotion);
            }
        } catch (RegistryFailure.Unavailable later) {
            // The decision stands in the table; the reconciler sends it again.
            return;
        }
    }

    private static RegistryFailure tooLate(Promotion promotion) {
        return new RegistryFailure.Gone(
                "APPROVAL_TOO_LATE", "promotion " + promotion.id() + " is " + promotion.status() + "; it is too late");
    }
}
