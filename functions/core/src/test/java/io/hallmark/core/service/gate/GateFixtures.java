package io.hallmark.core.service.gate;

import io.hallmark.core.gate.evidence.PredictionLimits;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.JsonParser;
import io.hallmark.core.service.evidence.EvidenceStore;
import io.hallmark.core.service.evidence.Exhibits;
import io.hallmark.core.service.evidence.PredictionFiles;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Table;
import java.time.InstantSource;
import java.util.List;

/** Gates over any ports, for tests that are about something else. */
public final class GateFixtures {

    private GateFixtures() {}

    /** A gatekeeper with these policies. */
    public static Gatekeeper gatekeeper(
            Table table, Blobs blobs, InstantSource clock, JsonParser json, String bucket, GatePolicy... shipped) {
        Documents documents = new Documents(blobs, json, json, bucket);
        EvidenceStore evidence = new EvidenceStore(table, documents);
        Exhibits exhibits = new Exhibits(table, evidence, new PredictionFiles(blobs), PredictionLimits.DEFAULT);
        return new Gatekeeper(
                table, blobs, documents, evidence, exhibits, new GatePolicies(table, clock, List.of(shipped)));
    }

    /** A policy that asks for an AUC and nothing else, whatever the baseline. */
    public static GatePolicy aucAtLeast(String name, String min) {
        Json.Obj rule = Json.object()
                .with("id", "auc")
                .with("metric", "roc_auc")
                .with("unit", "fraction")
                .with("min", min);
        return GatePolicyReader.read(Json.object()
                .with("apiVersion", "gates/v1")
                .with("kind", "GatePolicy")
                .with("metadata", Json.object().with("name", name).with("version", 1))
                .with(
                        "spec",
                        Json.object()
                                .with(
                                        "appliesTo",
                                        Json.object()
                                                .with("models", Json.texts(List.of("*")))
                                                .with(
                                                        "transition",
                                                        Json.object().with("to", "shadow")))
                                .with(
                                        "baseline",
                                        Json.object()
                                                .with("ref", "stage:production")
                                                .with("evidence", "persisted"))
                                .with("rules", Json.array(List.of(rule)))));
    }
}
