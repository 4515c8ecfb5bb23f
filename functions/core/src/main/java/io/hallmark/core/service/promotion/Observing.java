package io.hallmark.core.service.promotion;

import io.hallmark.core.promotion.Ack;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.ProofRule;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.service.target.DeploymentTarget;
import java.time.Duration;

/** Observes a target for a rollback. */
final class Observing {

    private final Parts parts;

    Observing(Parts parts) {
        this.parts = parts;
    }

    ProofRule.Observation observe(Situation.Claimed claimed, RouteDocument route) {
        DeploymentTarget adapter = claimed.at().adapter(parts);
        DeploymentTarget.Observed seen =
                adapter.describe(claimed.rollback().target(), claimed.rollback().model());
        DeploymentTarget.Capabilities can =
                adapter.capabilities(claimed.rollback().target());
        return new ProofRule.Observation(
                seen.has(route),
                can.checksRevision(),
                seen.fleet(),
                route,
                quiet(claimed.rollback().rule(), can),
                seen.at());
    }

    /** Long enough for a call under way to land, and for an instance that fell silent to be counted out. */
    private static Duration quiet(Policy.RollbackRule rule, DeploymentTarget.Capabilities can) {
        Duration asked = Duration.ofSeconds(rule.quietSeconds());
        Duration silence = can.poll().multipliedBy(Ack.POLLS_MISSED_MAX);
        Duration landing = can.checksRevision() ? Duration.ZERO : can.maxApply().plusSeconds(1);
        Duration longer = silence.compareTo(landing) > 0 ? silence : landing;
        return asked.compareTo(longer) > 0 ? asked : longer;
    }
}
