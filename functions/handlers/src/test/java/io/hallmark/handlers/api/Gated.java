package io.hallmark.handlers.api;

import io.hallmark.core.gate.Decision;
import io.hallmark.core.gate.GateCase;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.model.Voucher;
import io.hallmark.core.promotion.Pins;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.evidence.EvidenceStore;
import io.hallmark.core.service.evidence.SubmitEvidence;
import io.hallmark.core.service.gate.GateFixtures;
import io.hallmark.core.service.gate.GatePolicies;
import io.hallmark.core.service.gate.GateTools;
import io.hallmark.core.service.gate.Gatekeeper;
import io.hallmark.core.service.gate.History;
import io.hallmark.core.service.gate.WatchedTable;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.EvidenceRows;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.MovableClock;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.store.Write;
import io.hallmark.core.version.VersionRecord;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.handlers.json.StrictYaml;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The gates over a registry in memory: versions of one model with predictions on one evaluation set. */
final class Gated {

    static final ModelName MODEL = new ModelName("ctr");
    static final TargetName TARGET = new TargetName("eu-prod");
    static final Actor ADA = new Actor("ada");
    static final Actor BOB = new Actor("bob");

    static final int EXAMPLES = 400;

    private static final String BUCKET = "hallmark";
    private static final String REGISTRY_BUCKET = "hallmark-registry";
    private static final String DATASET = "sha256:" + "d".repeat(64);

    final MovableClock clock = new MovableClock();
    final WatchedTable table = new WatchedTable(new MemoryTable(clock, 0));
    final MemoryBlobs blobs = new MemoryBlobs(clock, Set.of(BUCKET, REGISTRY_BUCKET));
    final Documents documents = new Documents(blobs, StrictJson::read, StrictJson::read, REGISTRY_BUCKET);
    final GatePolicies policies;
    final Gatekeeper gates;
    final GateTools tools;
    final History history;

    Gated(GatePolicy... shipped) {
        policies = new GatePolicies(table, clock, List.of(shipped));
        gates = GateFixtures.gatekeeper(table, blobs, clock, StrictJson::read, REGISTRY_BUCKET, shipped);
        tools = new GateTools(gates, table, clock);
        history = new History(table, gates);
    }

    static String yaml(String name, String baseline, String rules) {
        return """
                apiVersion: gates/v1
                kind: GatePolicy
                metadata: {name: %s, version: 1}
                spec:
                  appliesTo: {models: ["*"], transition: {to: shadow}}
                  baseline: {ref: "stage:production", evidence: persisted%s}
                  rules:
                %s""".formatted(name, baseline, rules.indent(4));
    }

    static GatePolicy policy(String name, String baseline, String rules) {
        return StrictYaml.read(yaml(name, baseline, rules).getBytes(StandardCharsets.UTF_8))
                .read(GatePolicyReader::read);
    }

    static Json.Obj json(String text) {
        return (Json.Obj) StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Scores of a model that tells the classes apart by so much; the examples are the same for every model. */
    static String predictions(long seed, double separation) {
        Random truth = new Random(20261123);
        Random noise = new Random(seed);
        StringBuilder csv = new StringBuilder("id,label,score,slice_device,group_age\n");
        for (int i = 0; i < EXAMPLES; i++) {
            int label = truth.nextInt(5) < 2 ? 1 : 0;
            double shared = truth.nextGaussian();
            double logit = separation * (label - 0.5) + 0.9 * shared + 0.4 * noise.nextGaussian();
            csv.append("e-").append(i).append(',').append(label).append(',');
            csv.append(String.format(Locale.ROOT, "%.6f", 1 / (1 + Math.exp(-logit))));
            csv.append(i % 2 == 0 ? ",phone" : ",desk").append(i % 3 == 0 ? ",old\n" : ",young\n");
        }
        return csv.toString();
    }

    /** A version with its manifest's figures on the evaluation set, and predictions if there are any. */
    VersionRecord version(long number, String auc, Optional<String> predictions) {
        return version(number, manifest(auc), predictions);
    }

    /** A version of whose larger file only the sender has said the digest. */
    VersionRecord declared(long number, String auc, Optional<String> predictions) {
        return version(number, manifest(auc), predictions, Voucher.DECLARED);
    }

    private static Json.Obj manifest(String auc) {
        return json("""
                {"operating_threshold": 0.5,
                 "metrics": {"overall": {"n": %d, "roc_auc": %s}, "dataset": {"digest": "%s", "rows": %d}}}""".formatted(EXAMPLES, auc, DATASET, EXAMPLES));
    }

    VersionRecord version(long number, Json.Obj manifest, Optional<String> predictions) {
        return version(number, manifest, predictions, Voucher.VERIFIED_BY_REGISTRY);
    }

    /** A version whose larger file has a digest of this voucher. */
    VersionRecord version(long number, Json.Obj manifest, Optional<String> predictions, Voucher by) {
        FileEntry read = file("incoming/ctr/" + number, "model", "model " + number, FileEntry.Role.ARTIFACT);
        FileEntry whole = new FileEntry(
                read.path(), read.size(), read.sha256(), read.object(), read.role(), by, Optional.empty());
        FileEntry small = file("incoming/ctr/" + number, "small", "m" + number, FileEntry.Role.ARTIFACT);
        VersionRecord version = new VersionRecord(
                MODEL,
                new VersionNumber(number),
                new SemanticVersion(1, number, 0),
                Optional.empty(),
                Hashing.sha256("artifact " + number),
                whole.size() + small.size(),
                Optional.of(Hashing.sha256("run " + number)),
                Optional.of(Hashing.sha256("execution " + number)),
                List.of(),
                new VersionRecord.Bump(VersionRecord.Bump.Kind.MINOR, "data changed"),
                List.of(whole, small),
                manifest,
                whole.object(),
                Map.of(),
                clock.instant(),
                1);
        List<Write> writes = new ArrayList<>(List.of(VersionRows.insert(version)));
        predictions.ifPresent(csv -> writes.add(EvidenceRows.attach(
                MODEL,
                version.number(),
                file("incoming/ctr/" + number, "evaluation/predictions.csv", csv, FileEntry.Role.EVIDENCE),
                clock.instant())));
        commit(writes);
        clock.advance(Duration.ofSeconds(1));
        return version;
    }

    private FileEntry file(String prefix, String path, String text, FileEntry.Role role) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ObjectVersion object = ((Blobs.PutResult.Stored)
                        blobs.put(BUCKET, prefix + "/" + path, bytes, Map.of(), Blobs.PutCondition.none()))
                .object();
        return new FileEntry(path, bytes.length, Hashing.sha256(bytes), object, role);
    }

    void commit(List<Write> writes) {
        if (!Commit.writes(table, writes)) {
            throw new AssertionError("refused: " + writes);
        }
    }

    /** Puts a version into production, as promotions do; the revision of the pointer rises by one. */
    void inProduction(VersionRecord version) {
        Optional<Pointer> before =
                table.get(Keys.pointer(TARGET, MODEL)).map(Item::attributes).map(Pointer::of);
        Pointer after = Pointer.promoted(before, Pins.pin(version), clock.instant(), "p-" + version.number());
        long rev = before.map(Pointer::rev).orElse(0L) + 1;
        commit(List.of(
                Write.put(new Item(Keys.pointer(TARGET, MODEL), after.json().with("rev", rev)))));
    }

    Report report(VersionRecord version, String variant, String overall) {
        Report report = new SubmitEvidence(
                        table,
                        documents,
                        new EvidenceStore(table, documents),
                        clock,
                        new Backoff(new Random(3), pause -> {}))
                .submit(
                        MODEL,
                        version.number().toString(),
                        json("""
                        {"schema": "hallmark/evidence/v1", "artifactDigest": "%s", "variant": "%s",
                         "dataset": {"digest": "%s", "rows": %d},
                         "evaluator": {"name": "ci", "version": "1.0"}, "producedAt": "2026-11-21T09:00:00Z",
                         "overall": {%s}}""".formatted(version.artifactDigest().prefixed(), variant, DATASET, EXAMPLES, overall)),
                        BOB);
        clock.advance(Duration.ofSeconds(1));
        return report;
    }

    Gatekeeper.Question question(VersionRecord version, GatePolicy policy, Optional<GateCase.Review> review) {
        return new Gatekeeper.Question(MODEL, version.number(), TARGET, policy, review, ADA, clock.instant());
    }

    /** Decides, and keeps the decision. */
    Decision decided(VersionRecord version, GatePolicy policy, Optional<Sha256> review) {
        Decision decision = gates.decide(
                question(version, policy, review.map(digest -> new GateCase.Review(digest, "the set is small", ADA))));
        commit(gates.keep(decision, TARGET));
        clock.advance(Duration.ofSeconds(1));
        return decision;
    }

    GateTools.Trial trial(String version, Optional<GatePolicy> policy) {
        return new GateTools.Trial(MODEL, version, TARGET, policy, ADA);
    }
}
