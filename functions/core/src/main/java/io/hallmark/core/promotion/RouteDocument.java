package io.hallmark.core.promotion;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import java.time.Instant;
import java.util.Optional;

/**
 * The full route of one model on one target: never a delta. {@code digest} is the SHA-256 of the canonical form without
 * the field {@code digest}.
 */
public record RouteDocument(Json.Obj json) {

    /** The share of traffic that the target's own fallback answers while there is no baseline. */
    public static final String FALLBACK = "fallback";

    /** All of the traffic, in basis points. */
    public static final int ALL_BPS = 10_000;

    private static final String RULE = "candidate iff uint32(sha256(salt+':'+unit)[0..3]) mod 10000 < bps";
    private static final String DIGEST = "digest";

    /** What serves, before it has a revision. */
    public record Plan(
            ModelName model,
            TargetName target,
            String owner,
            Optional<VersionRef> baseline,
            Optional<VersionRef> candidate,
            int candidateBps,
            int shadowSamplingBps) {

        /** Everything goes to one version, or to the fallback when there is none. */
        public static Plan only(ModelName model, TargetName target, String owner, Optional<VersionRef> version) {
            return new Plan(model, target, owner, version, Optional.empty(), 0, 0);
        }
    }

    /** The document of a plan under a revision of the target. */
    public static RouteDocument issue(Plan plan, long routeRevision, Instant issuedAt) {
        Json.Obj weights = Json.object();
        int rest = ALL_BPS - plan.candidateBps();
        if (rest > 0) {
            weights = weights.with(
                    plan.baseline().map(version -> version.version().toString()).orElse(FALLBACK), rest);
        }
        if (plan.candidateBps() > 0) {
            weights = weights.with(plan.candidate().orElseThrow().version().toString(), plan.candidateBps());
        }
        Json shadow = plan.shadowSamplingBps() > 0
                ? Json.of(plan.candidate().orElseThrow().version().toString())
                : Json.nothing();
        Json.Obj body = Json.object()
                .with("schema", 1)
                .with("model", plan.model().value())
                .with("target", plan.target().value())
                .with("routeRevision", routeRevision)
                .with("promotionId", plan.owner())
                .with("baseline", orNull(plan.baseline()))
                .with("candidate", orNull(plan.candidate()))
                .with("weightsBps", weights)
                .with("shadow", Json.object().with("version", shadow).with("samplingBps", plan.shadowSamplingBps()))
                .with(
                        "assignment",
                        Json.object()
                                .with("unit", "request.userId")
                                .with("salt", plan.owner())
                                .with("rule", RULE))
                .with("issuedAt", issuedAt.toString());
        return new RouteDocument(body.with(DIGEST, digestOf(body).hex()));
    }

    public ModelName model() {
        return new ModelName(json.text("model"));
    }

    public TargetName target() {
        return new TargetName(json.text("target"));
    }

    public long routeRevision() {
        return json.integer("routeRevision");
    }

    public Sha256 digest() {
        return new Sha256(json.text(DIGEST));
    }

    /** Whether the stored digest is the digest of what is stored. */
    public boolean intact() {
        return digest().equals(digestOf(json.without(DIGEST)));
    }

    /** The share of a variant in basis points, 0 if it has none. */
    public long weightBps(String variant) {
        return json.object("weightsBps").findInteger(variant).orElse(0L);
    }

    private static Json orNull(Optional<VersionRef> version) {
        return version.<Json>map(VersionRef::json).orElse(Json.nothing());
    }

    private static Sha256 digestOf(Json.Obj body) {
        return Hashing.sha256(CanonicalJson.bytes(body));
    }
}
