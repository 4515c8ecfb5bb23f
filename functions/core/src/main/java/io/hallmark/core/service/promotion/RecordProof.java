package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Stage;
import io.hallmark.core.promotion.Ack;
import io.hallmark.core.promotion.Intent;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;
import io.hallmark.core.promotion.ProofRule;
import io.hallmark.core.promotion.Rollback;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.service.target.DeploymentTarget;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Write;
import java.util.Optional;

/**
 * Records the proof and ends the rollback. It observes for itself, trusting no answer that was carried here, and binds its
 * transaction to the route it saw.
 */
public final class RecordProof implements Action {

    private final Parts parts;
    private final Observing observing;

    public RecordProof(Parts parts) {
        this.parts = parts;
        this.observing = new Observing(parts);
    }

    @Override
    public StepAnswer run(StepCall call) {
        return parts.untilCommitted(() -> attempt(call.id()));
    }

    private Optional<StepAnswer> attempt(String rollbackId) {
        StepAnswer proven = StepAnswer.of("PROVEN", "the baseline serves");
        if (Situation.rollback(parts, rollbackId).proven()) {
            return Optional.of(proven);
        }
        Situation.Claimed claimed = Situation.Claimed.require(parts, rollbackId);
        Intent declared =
                claimed.declared().orElseThrow(() -> Situation.fenced("the baseline was not declared", claimed.at()));
        ProofRule.Observation seen = observing.observe(claimed, declared.route());
        if (ProofRule.judge(claimed.rollback(), seen) != ProofRule.Finding.PROVEN) {
            throw new RegistryFailure.Conflict("UNPROVEN", "the last observation is no proof");
        }
        return commit(claimed, declared, seen) ? Optional.of(proven) : Optional.empty();
    }

    private boolean commit(Situation.Claimed claimed, Intent declared, ProofRule.Observation seen) {
        Rollback rollback = claimed.rollback();
        Change change = claimed.change();
        Json.Obj proof = proof(claimed, declared, seen);
        DeploymentTarget adapter = claimed.at().adapter(parts);
        Optional<Promotion> promotion = rollback.promotionId().map(id -> Situation.promotion(parts, id));
        change.lock(claimed.at().lock().released())
                .rollback(rollback.proven(proof, change.at()))
                .writes(adapter.unchanged(rollback.target(), rollback.model(), declared.route()));
        promotion.ifPresent(taken -> {
            change.promotion(taken.ended(PromotionStatus.ROLLED_BACK, change.at()))
                    .write(Write.put(new Item(PromotionKeys.proof(taken.id()), proof)));
            Barred.write(taken, rollback.cause(), change.at()).ifPresent(change::write);
        });
        repoint(claimed, change);
        boolean committed = change.tell(
                        "rollback.proven",
                        rollback.promotionId(),
                        Actor.REGISTRY,
                        "the baseline serves, proven by " + proof.text("basis"),
                        Json.object().with("rollbackId", rollback.id()).with("proof", proof))
                .commit();
        if (committed) {
            rollback.from().ifPresent(from -> adapter.release(rollback.target(), rollback.model(), from));
        }
        return committed;
    }

    /** Moves the pointer back where it had moved, with the stages of both versions. */
    private static void repoint(Situation.Claimed claimed, Change change) {
        Rollback rollback = claimed.rollback();
        Optional<Pointer> pointer = claimed.at().pointer();
        boolean away = pointer.isPresent() && !pointer.get().version().equals(rollback.baseline());
        if (away) {
            change.pointer(pointer, pointer.get().restored(rollback.baseline(), change.at(), rollback.id()));
        }
        rollback.baseline().ifPresent(baseline -> change.stage(baseline, Stage.PRODUCTION));
        rollback.from()
                .filter(from -> !rollback.baseline().map(VersionRef::number).equals(Optional.of(from.number())))
                .ifPresent(from -> change.stage(from, Stage.ROLLED_BACK));
    }

    private static Json.Obj proof(Situation.Claimed claimed, Intent declared, ProofRule.Observation seen) {
        Rollback rollback = claimed.rollback();
        return Json.object()
                .with("basis", seen.byAcknowledgement() ? "ACKNOWLEDGED" : "OBSERVED")
                .with("routeRevision", declared.route().routeRevision())
                .with("routeDigest", declared.route().digest().hex())
                .withOptional("baseline", rollback.baseline().map(VersionRef::json))
                .with(
                        "instances",
                        Json.array(seen.fleet().live().stream()
                                .map(RecordProof::instance)
                                .toList()))
                .with("equalLooks", rollback.equalLooks())
                .with("verifies", rollback.verifies())
                .with("fence", rollback.fence())
                .with("claimedAt", rollback.claimedAt().toString())
                .withOptional("appliedAt", rollback.appliedAt().map(at -> Json.of(at.toString())))
                .with("provenAt", claimed.change().at().toString());
    }

    private static Json.Obj instance(Ack ack) {
        return Json.object()
                .with("instanceId", ack.instanceId())
                .with("routeRevision", ack.routeRevision())
                .with("acknowledgements", ack.times())
                .with("lastAt", ack.receivedAt().toString());
    }
}
