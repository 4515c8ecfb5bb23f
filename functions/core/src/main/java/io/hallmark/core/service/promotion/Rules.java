package io.hallmark.core.service.promotion;

import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.service.gate.Gatekeeper;
import java.time.Instant;
import java.util.Optional;

/** By what a promotion goes: how traffic moves, and what the version has to show before shadow and before production. */
record Rules(Policy delivery, GatePolicy gates, Optional<GatePolicy> production) {

    static Rules of(Parts parts, Policy delivery, RequestPromotion.Request request) {
        return new Rules(
                delivery,
                parts.gates().policy(delivery.gates(), request.model(), request.target()),
                parts.gates().productionPolicy(request.model(), request.target()));
    }

    Promotion.GatePin pin() {
        return pin(gates);
    }

    Optional<Promotion.GatePin> productionPin() {
        return production.map(Rules::pin);
    }

    private static Promotion.GatePin pin(GatePolicy policy) {
        return new Promotion.GatePin(policy.name(), policy.version(), policy.digest());
    }

    /** Refuses a review of a decision that is not open, does not hold any more, or was made by another policy. */
    void requireReviewable(Parts parts, RequestPromotion.Request request, VersionNumber version, Instant at) {
        if (request.review().isEmpty()) {
            return;
        }
        Sha256 digest = request.review().get().decision();
        String decidedBy = parts.gates().get(digest).document().object("policy").text("name");
        GatePolicy policy =
                production.filter(found -> found.name().equals(decidedBy)).orElse(gates);
        Gatekeeper.Question question = new Gatekeeper.Question(
                request.model(), version, request.target(), policy, Optional.empty(), request.actor(), at);
        parts.gates().unreviewable(question, digest).ifPresent(failure -> {
            throw failure;
        });
    }
}
