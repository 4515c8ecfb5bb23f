package io.hallmark.core.service.gate;

import io.hallmark.core.gate.GateCase;
import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Exhibit;
import io.hallmark.core.gate.evidence.Join;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.service.Artifacts;
import io.hallmark.core.service.Integrity;
import io.hallmark.core.service.evidence.EvidenceStore;
import io.hallmark.core.service.evidence.Exhibits;
import io.hallmark.core.service.evidence.OnlineGaps;
import io.hallmark.core.service.evidence.Replicates;
import io.hallmark.core.service.evidence.TestSetUse;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.service.query.VersionLookup;
import io.hallmark.core.store.AliasRows;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Table;
import io.hallmark.core.version.VersionRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers what a decision rests on. */
final class Cases {

    private final Table table;
    private final Blobs blobs;
    private final Documents documents;
    private final Exhibits exhibits;
    private final Decisions decisions;
    private final Replicates replicates;
    private final OnlineGaps onlineGaps;
    private final TestSetUse testSetUse;
    private final VersionLookup versions;

    Cases(
            Table table,
            Blobs blobs,
            Documents documents,
            EvidenceStore evidence,
            Exhibits exhibits,
            Decisions decisions) {
        this.table = table;
        this.blobs = blobs;
        this.documents = documents;
        this.exhibits = exhibits;
        this.decisions = decisions;
        this.replicates = new Replicates(table);
        this.onlineGaps = new OnlineGaps(table, evidence);
        this.testSetUse = new TestSetUse(table);
        this.versions = new VersionLookup(table);
    }

    /**
     * What is to be decided.
     *
     * @param profile of the target
     * @param review of an earlier decision about the same
     */
    record Ask(
            ModelName model,
            VersionNumber candidate,
            TargetName target,
            String profile,
            GatePolicy policy,
            Optional<GateCase.Review> review,
            Actor actor,
            Instant at) {}

    GateCase of(Ask ask) {
        GateCase facts = facts(ask);
        return new GateCase(
                facts.policy(),
                facts.target(),
                facts.profile(),
                facts.candidate(),
                facts.baseline(),
                facts.anchor(),
                scores(
                        facts.candidate().exhibit(),
                        facts.baseline(),
                        facts.anchor(),
                        facts.candidate().variants()),
                facts.history(),
                facts.previous(),
                facts.review(),
                facts.actor(),
                facts.at());
    }

    /** The case without any predictions being read. */
    GateCase facts(Ask ask) {
        VersionRecord candidate = versions.get(ask.model(), ask.candidate().toString());
        Exhibit mine = exhibits.of(candidate);
        Optional<GateCase.Comparison> baseline =
                compared(ask, ask.policy().baseline().ref());
        Optional<GateCase.Comparison> anchor =
                ask.policy().baseline().anchor().flatMap(choice -> compared(ask, choice));
        Json.Obj manifest = documents.manifest(candidate);
        List<GateCase.Variant> variants = variants(candidate, manifest);
        List<FileEntry> files = documents.files(candidate);
        Integrity integrity = Integrity.of(table, files);
        return new GateCase(
                ask.policy(),
                ask.target().value(),
                ask.profile(),
                new GateCase.Candidate(
                        mine,
                        threshold(manifest),
                        variants,
                        candidate.missing(),
                        Artifacts.broken(blobs, files),
                        integrity.contradicted(),
                        integrity.pending()),
                baseline,
                anchor,
                Map.of(),
                history(candidate, mine, ask.policy()),
                decisions.latest(ask.target(), ask.model()),
                ask.review(),
                ask.actor(),
                ask.at());
    }

    private GateCase.History history(VersionRecord candidate, Exhibit mine, GatePolicy policy) {
        boolean discounts = policy.rules().stream()
                .anyMatch(rule -> rule.criterion() instanceof io.hallmark.core.gate.policy.Criterion.Bounds bounds
                        && bounds.discount());
        boolean noise = policy.statistics().trainingNoise().isPresent();
        return new GateCase.History(
                noise ? replicates.metrics(candidate) : Map.of(),
                discounts ? onlineGaps.of(candidate.model()) : Map.of(),
                dataset(mine).map(testSetUse::count).orElse(0L));
    }

    /** The evaluation set that the candidate is decided on: with several variants the first by name of digest. */
    static Optional<String> dataset(Exhibit exhibit) {
        return exhibit.reports().values().stream()
                .flatMap(report -> report.dataset().stream())
                .map(Report.Dataset::digest)
                .sorted()
                .findFirst();
    }

    private Optional<GateCase.Comparison> compared(Ask ask, GatePolicy.VersionChoice choice) {
        if (choice instanceof GatePolicy.VersionChoice.Fixed fixed) {
            VersionRecord version = versions.get(ask.model(), fixed.version());
            return Optional.of(comparison(version, choice.text(), Optional.empty()));
        }
        if (choice instanceof GatePolicy.VersionChoice.Frozen frozen) {
            return decisions
                    .get(frozen.decision())
                    .baseline()
                    .map(row -> versions.get(ask.model(), String.valueOf(row.integer("number"))))
                    .map(version -> comparison(version, choice.text(), Optional.empty()));
        }
        if (choice instanceof GatePolicy.VersionChoice.Alias named) {
            // Resolved now, and pinned in the record with its revision: the decision is stale once the alias moves.
            return AliasRows.find(table, ask.model(), named.name()).map(alias -> {
                String number = alias.version().number().toString();
                return comparison(versions.get(ask.model(), number), choice.text(), Optional.of(alias.rev()));
            });
        }
        Optional<Pointer> pointer = pointer(ask.target(), ask.model());
        return pointer.flatMap(Pointer::version)
                .map(pinned -> versions.get(ask.model(), pinned.number().toString()))
                .map(version -> comparison(version, choice.text(), pointer.map(Pointer::rev)));
    }

    private Optional<Pointer> pointer(TargetName target, ModelName model) {
        return table.get(Keys.pointer(target, model)).map(item -> Pointer.of(item.attributes()));
    }

    private GateCase.Comparison comparison(VersionRecord version, String ref, Optional<Long> epoch) {
        return new GateCase.Comparison(exhibits.of(version), ref, epoch, threshold(documents.manifest(version)));
    }

    static Optional<BigDecimal> threshold(Json.Obj manifest) {
        return manifest.find("operating_threshold")
                .filter(Json.Num.class::isInstance)
                .map(value -> ((Json.Num) value).value());
    }

    private List<GateCase.Variant> variants(VersionRecord version, Json.Obj manifest) {
        List<Json> listed = manifest.has("variants") ? manifest.array("variants") : List.of();
        if (listed.isEmpty()) {
            return List.of(
                    new GateCase.Variant(Report.DEFAULT_VARIANT, Optional.empty(), version.size(), Optional.empty()));
        }
        Map<String, Long> sizes = new TreeMap<>();
        for (FileEntry file : documents.files(version)) {
            sizes.put(file.path(), file.size());
        }
        return listed.stream()
                .map(Json.Obj.class::cast)
                .map(variant -> new GateCase.Variant(
                        variant.text("name"),
                        variant.findText("profile"),
                        variant.texts("files").stream()
                                .mapToLong(path -> sizes.getOrDefault(path, 0L))
                                .sum(),
                        variant.findText("derived_from")))
                .toList();
    }

    /** The examples of every variant, with the scores of all sides that fit. */
    Map<String, GateCase.Scores> scores(
            Exhibit mine,
            Optional<GateCase.Comparison> baseline,
            Optional<GateCase.Comparison> anchor,
            List<GateCase.Variant> variants) {
        Map<String, GateCase.Scores> scores = new TreeMap<>();
        for (GateCase.Variant variant : variants) {
            Report report = mine.reports().get(variant.name());
            if (report != null
                    && report.predictions().isPresent()
                    && report.faults().isEmpty()) {
                Map<Side, Report> others = new EnumMap<>(Side.class);
                baseline.flatMap(found -> joinable(report, found)).ifPresent(found -> others.put(Side.BASELINE, found));
                anchor.flatMap(found -> joinable(report, found)).ifPresent(found -> others.put(Side.ANCHOR, found));
                scores.put(variant.name(), joined(report, others));
            }
        }
        return scores;
    }

    private static Optional<Report> joinable(Report mine, GateCase.Comparison other) {
        return Optional.ofNullable(other.exhibit().reports().get(mine.variant()))
                .filter(report -> report.predictions().isPresent()
                        && report.faults().isEmpty()
                        && report.dataset().equals(mine.dataset()));
    }

    private GateCase.Scores joined(Report mine, Map<Side, Report> others) {
        Map<Side, GateCase.Refusal> refusals = new EnumMap<>(Side.class);
        Map<Side, Report> left = new EnumMap<>(Side.class);
        left.putAll(others);
        while (true) {
            Join.Result result = exhibits.examples(mine, left);
            if (result instanceof Join.Refused refused) {
                refusals.put(refused.side(), new GateCase.Refusal(refused.code(), refused.reason()));
                if (refused.side() == Side.CANDIDATE || left.remove(refused.side()) == null) {
                    return new GateCase.Scores(Optional.empty(), refusals);
                }
                continue;
            }
            Examples examples = ((Join.Joined) result).examples();
            return new GateCase.Scores(Optional.of(examples), refusals);
        }
    }

    /** The case of a decision that was made before, from what its record names; nothing else is looked at. */
    GateCase again(io.hallmark.core.gate.Decision decision, GatePolicy policy) {
        return new Replay(this, exhibits).of(decision, policy);
    }

    /** The digest of every report that would count for a case. */
    static java.util.Set<String> reports(GateCase found) {
        java.util.Set<String> digests = new java.util.TreeSet<>();
        found.candidate()
                .exhibit()
                .reports()
                .values()
                .forEach(report -> digests.add(report.digest().hex()));
        found.baseline()
                .ifPresent(other -> other.exhibit()
                        .reports()
                        .values()
                        .forEach(report -> digests.add(report.digest().hex())));
        found.anchor()
                .ifPresent(other -> other.exhibit()
                        .reports()
                        .values()
                        .forEach(report -> digests.add(report.digest().hex())));
        return digests;
    }
}
