package io.hallmark.core.service.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.Rollback;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.promotion.VersionRef;
import java.util.List;
import java.util.Optional;

/** How promotions and rollbacks look from outside. */
public final class PromotionViews {

    private PromotionViews() {}

    static Json.Obj promotion(Promotion promotion, Optional<Rollback> rollback, Optional<Json.Obj> approval) {
        Json.Obj row = promotion.row();
        VersionRef candidate = promotion.candidate();
        return Json.object()
                .with("promotionId", promotion.id())
                .with("model", promotion.model().value())
                .with("number", candidate.number().value())
                .with("version", candidate.version().toString())
                .with("target", promotion.target().value())
                .with("policy", policy(promotion))
                .with("status", promotion.status().name())
                .with("phase", promotion.phase().text())
                .withOptional("endedIn", row.findText("endedIn").map(Json::of))
                .withOptional("step", step(promotion))
                .withOptional("baseline", promotion.baseline().map(VersionRef::json))
                .with("candidate", candidate.json())
                .withOptional("uploadId", row.findText("uploadId").map(Json::of))
                .with("reason", row.text("reason"))
                .withOptional("override", row.findText("override").map(Json::of))
                .with("requestedBy", promotion.requestedBy().value())
                .with("requestedAt", row.text("requestedAt"))
                .withOptional("endedAt", row.findText("endedAt").map(Json::of))
                .with("gatePolicy", promotion.gatePolicy().json())
                .withOptional("review", promotion.review())
                .withOptional("gates", promotion.gates())
                .withOptional(
                        "productionGatePolicy", promotion.productionGatePolicy().map(Promotion.GatePin::json))
                .withOptional("productionGates", promotion.productionGates())
                .withOptional("verdict", promotion.verdict().or(() -> gates(promotion)))
                .withOptional("cause", promotion.cause().map(cause -> cause.json()))
                .withOptional(
                        "approval", approval.map(asked -> asked.without("token").without("rev")))
                .withOptional("rollback", rollback.map(PromotionViews::rollback))
                .with("links", links(promotion));
    }

    static Json.Obj policy(Promotion promotion) {
        return Json.object()
                .with("name", promotion.row().text("policyName"))
                .with("digest", promotion.row().text("policyDigest"));
    }

    static Json.Obj rollback(Rollback rollback) {
        Json.Obj row = rollback.row();
        Json.Obj pending = Json.object()
                .with("state", "PENDING")
                .with(
                        "reason",
                        row.findText("unprovenBecause")
                                .orElse(rollback.equalLooks() + " equal observations in a row after "
                                        + rollback.verifies()));
        Json.Obj proof = row.findObject("proof")
                .map(found -> found.with("state", "PROVEN"))
                .orElse(pending);
        return Json.object()
                .with("rollbackId", rollback.id())
                .with("status", rollback.status().name())
                .with("model", rollback.model().value())
                .with("target", rollback.target().value())
                .withOptional("promotionId", rollback.promotionId().map(Json::of))
                .with("cause", rollback.cause().kind() + ": " + rollback.cause().reason())
                .with("requestedBy", rollback.cause().actor().value())
                .withOptional("baseline", rollback.baseline().map(VersionRef::json))
                .withOptional("from", rollback.from().map(VersionRef::json))
                .with("attempts", rollback.attempt())
                .with("claimedAt", row.text("claimedAt"))
                .with("applied", rollback.appliedAt().isPresent())
                .withOptional("appliedAt", row.findText("appliedAt").map(Json::of))
                .withOptional("provenAt", row.findText("provenAt").map(Json::of))
                .with("proof", proof)
                .with("links", Json.object().with("self", "/v1/rollbacks/" + rollback.id()));
    }

    /** What a promotion under this policy will do, step by step. */
    public static Json.Obj plan(Policy policy) {
        List<Json> steps = new java.util.ArrayList<>();
        steps.add(step("shadow", 0, policy.shadow().bakeSeconds()));
        policy.canary().steps().forEach(step -> steps.add(step("canary", step.weightBps(), step.bakeSeconds())));
        steps.add(step("monitor", RouteDocument.ALL_BPS, policy.monitor().windowSeconds()));
        return Json.object()
                .with(
                        "policy",
                        Json.object()
                                .with("name", policy.name())
                                .with("digest", policy.digest().hex()))
                .with("steps", Json.array(steps))
                .with(
                        "guardrails",
                        Json.texts(policy.guardrails().stream()
                                .map(Policy.Guardrail::metric)
                                .toList()));
    }

    private static Json.Obj step(String phase, int weightBps, long seconds) {
        return Json.object().with("phase", phase).with("weightBps", weightBps).with("seconds", seconds);
    }

    private static Optional<Json.Obj> step(Promotion promotion) {
        if (promotion.cursor() < 0) {
            return Optional.empty();
        }
        boolean all = promotion.phase() == Phase.MONITOR
                || promotion.row().findText("endedIn").equals(Optional.of(Phase.MONITOR.text()));
        int weight = all ? RouteDocument.ALL_BPS : promotion.policy().weightBps(promotion.cursor());
        return Optional.of(Json.object().with("index", promotion.cursor()).with("weightBps", weight));
    }

    /** The verdict of the gates in the shape of a look, while there was none. */
    private static Optional<Json.Obj> gates(Promotion promotion) {
        return promotion
                .gates()
                .map(decision -> Json.object()
                        .with("phase", "VALIDATION")
                        .with("decision", decision.text("decision"))
                        .with("reason", decision.text("reason"))
                        .with("guardrails", Json.array(List.of())));
    }

    private static Json.Obj links(Promotion promotion) {
        String self = "/v1/promotions/" + promotion.id();
        return Json.object()
                .with("self", self)
                .with("events", self + "/events")
                .with("evidence", self + "/evidence")
                .with("target", "/v1/targets/" + promotion.target() + "/models/" + promotion.model());
    }
}
