package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.Actor;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.service.target.DeploymentTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes both versions ready for all of the traffic: the candidate to take it, the baseline to take it back. */
public final class PrepareTarget implements Action {

    private final Parts parts;

    public PrepareTarget(Parts parts) {
        this.parts = parts;
    }

    @Override
    public StepAnswer run(StepCall call) {
        return parts.untilCommitted(() -> attempt(call.id()));
    }

    private Optional<StepAnswer> attempt(String promotionId) {
        Situation.Live live = Situation.Live.requireUnharmed(parts, promotionId);
        Promotion promotion = live.promotion();
        StepAnswer prepared = StepAnswer.of("PREPARED", "candidate and baseline are ready for all of the traffic");
        if (promotion.phase() != Phase.VALIDATED) {
            return Optional.of(prepared);
        }
        List<VersionRef> versions = new ArrayList<>(List.of(promotion.candidate()));
        promotion.baseline().ifPresent(versions::add);
        for (VersionRef version : versions) {
            Optional<String> obstacle = obstacle(live.at().adapter(parts), promotion, version);
            if (obstacle.isPresent()) {
                Cause cause = new Cause(Cause.Kind.FAULT, obstacle.get(), Actor.REGISTRY);
                if (!live.change().promotion(promotion.because(cause)).commit()) {
                    return Optional.empty();
                }
                throw new RegistryFailure.Conflict("VERSION_NOT_READY", obstacle.get());
            }
        }
        boolean committed = live.change()
                .lock(live.heard(0))
                .promotion(promotion.inPhase(Phase.PREPARED))
                .commit();
        return committed ? Optional.of(prepared) : Optional.empty();
    }

    private Optional<String> obstacle(DeploymentTarget adapter, Promotion promotion, VersionRef version) {
        List<String> broken = PinnedArtifacts.broken(parts, promotion.model(), version);
        DeploymentTarget.Prepared prepared = adapter.prepare(promotion.target(), promotion.model(), version);
        if (broken.isEmpty() && prepared.ready()) {
            return Optional.empty();
        }
        String why = broken.isEmpty() ? prepared.reason() : String.join("; ", broken);
        return Optional.of("version " + version.version() + " is not ready for all of the traffic: " + why);
    }
}
