package io.hallmark.local.promotion;

import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.Stage;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.version.VersionRecord;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.handlers.json.StrictYaml;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Versions with bytes behind them. */
final class Fixture {

    static final ModelName MODEL = new ModelName("fraud");
    static final TargetName TARGET = new TargetName("eu-prod");
    static final String BUCKET = "hallmark";
    static final String REGISTRY_BUCKET = "hallmark-registry";

    /** The gate policy: an AUC of at least 0.6. */
    static final String GATES = "auc";

    /** The evaluation set of all reports. */
    static final String DATASET = "sha256:" + "1".repeat(64);

    private Fixture() {}

    /** A version of a minute ago. */
    static VersionRecord version(Blobs blobs, long number, String auc, Instant at, Map<TargetName, Stage> stages) {
        byte[] bytes = ("model " + number).getBytes(StandardCharsets.UTF_8);
        String key = "incoming/fraud/" + number + "/model.txt";
        var stored = (Blobs.PutResult.Stored) blobs.put(BUCKET, key, bytes, Map.of(), Blobs.PutCondition.none());
        ObjectVersion object = stored.object();
        Sha256 digest = Hashing.sha256(bytes);
        Json.Obj manifest = Json.object()
                .with(
                        "metrics",
                        Json.object().with("overall", Json.object().with("roc_auc", Json.of(new BigDecimal(auc)))));
        return new VersionRecord(
                MODEL,
                new VersionNumber(number),
                new SemanticVersion(1, number - 1, 0),
                Optional.empty(),
                digest,
                bytes.length,
                Optional.of(Hashing.sha256("run " + number)),
                Optional.of(Hashing.sha256("execution " + number)),
                List.of(),
                new VersionRecord.Bump(VersionRecord.Bump.Kind.MINOR, "data changed"),
                List.of(new FileEntry("model.txt", bytes.length, digest, object, FileEntry.Role.ARTIFACT)),
                manifest,
                object,
                stages,
                at.minusSeconds(60),
                1);
    }

    /** A gate policy of this YAML. */
    static GatePolicy gates(String yaml) {
        return StrictYaml.read(yaml.getBytes(StandardCharsets.UTF_8)).read(GatePolicyReader::read);
    }

    /** A gate policy for every model with these rules, in YAML. */
    static GatePolicy gates(String name, long version, String baseline, String rules) {
        return gates("""
                apiVersion: gates/v1
                kind: GatePolicy
                metadata: {name: %s, version: %d}
                spec:
                  appliesTo: {models: ["*"], transition: {to: shadow}}
                  baseline: {ref: "stage:production", evidence: persisted%s}
                  rules:
                %s""".formatted(name, version, baseline, rules.indent(4)));
    }

    /** What an evaluator reports; the figures are the fields of a JSON object. */
    static Json report(VersionRecord version, String overall, Instant at) {
        return StrictJson.read("""
                {"schema": "hallmark/evidence/v1", "artifactDigest": "%s",
                 "dataset": {"digest": "%s", "rows": 5000},
                 "evaluator": {"name": "ci", "version": "1.0"}, "producedAt": "%s",
                 "overall": {%s}}""".formatted(version.artifactDigest().prefixed(), DATASET, at, overall)
                .getBytes(StandardCharsets.UTF_8));
    }

    /** A policy in seconds whose approval comes from the world's own approver. */
    static Json.Obj policy(boolean approval) {
        Json.Obj policy = Json.object()
                .with("gates", GATES)
                .with(
                        "shadow",
                        Json.object()
                                .with("samplingBps", 10_000)
                                .with("bakeSeconds", 20)
                                .with("lookSeconds", 10)
                                .with("minPairs", 100)
                                .with("minAgreement", Json.of(new BigDecimal("0.9")))
                                .with("maxErrorRate", Json.of(new BigDecimal("0.01"))))
                .with(
                        "canary",
                        Json.object()
                                .with(
                                        "steps",
                                        Json.array(List.of(
                                                Json.object()
                                                        .with("weightBps", 500)
                                                        .with("bakeSeconds", 20),
                                                Json.object()
                                                        .with("weightBps", 5000)
                                                        .with("bakeSeconds", 20))))
                                .with("lookSeconds", 10)
                                .with("maxExtensions", 1))
                .with("monitor", Json.object().with("windowSeconds", 20).with("lookSeconds", 10))
                .with(
                        "guardrails",
                        Json.array(List.of(
                                Json.object()
                                        .with("metric", "errors")
                                        .with("kind", "rareEvent")
                                        .with("allowed", Json.of(new BigDecimal("0.01"))),
                                Json.object()
                                        .with("metric", "assignment")
                                        .with("kind", "srm")
                                        .with("alpha", Json.of(new BigDecimal("0.001"))))))
                .with("minRequests", 50)
                .with("minTrials", 50)
                .with("minSuccesses", 10)
                .with("consecutiveErrorLimit", 4)
                .with("onInconclusive", "rollback")
                .with("approval", approval ? "beforeTraffic" : "none")
                .with(
                        "rollback",
                        Json.object()
                                .with("looks", 2)
                                .with("lookGapSeconds", 10)
                                .with("quietSeconds", 0)
                                .with("maxVerifies", 12));
        return approval ? policy.with("approvalTimeoutSeconds", 300) : policy;
    }
}
