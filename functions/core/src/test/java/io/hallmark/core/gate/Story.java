package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.EvidenceReader;
import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Exhibit;
import io.hallmark.core.gate.evidence.Join;
import io.hallmark.core.gate.evidence.PredictionLimits;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A case as a folder of files tells it, see {@code gate-stories/README.md}.
 *
 * @param reports by side and variant, as documents
 * @param tables by side, predictions as CSV
 */
record Story(
        Json.Obj policy,
        Json.Obj told,
        Map<Side, Map<String, Json.Obj>> reports,
        Map<Side, String> tables,
        Optional<Random> shuffle) {

    /** The case. */
    GateCase gateCase() {
        List<GateCase.Variant> variants = told.array("variants").stream()
                .map(Json.Obj.class::cast)
                .map(variant -> new GateCase.Variant(
                        variant.text("name"),
                        variant.findText("profile"),
                        variant.integer("bytes"),
                        variant.findText("derivedFrom")))
                .toList();
        return new GateCase(
                GatePolicyReader.read(policy),
                told.text("target"),
                told.text("profile"),
                new GateCase.Candidate(
                        exhibit(Side.CANDIDATE),
                        threshold(Side.CANDIDATE),
                        variants,
                        told.texts("missing"),
                        told.texts("brokenFiles"),
                        told.has("contradicted") ? told.texts("contradicted") : List.of(),
                        told.has("unverified") ? told.texts("unverified") : List.of()),
                comparison(Side.BASELINE),
                comparison(Side.ANCHOR),
                Map.of(Report.DEFAULT_VARIANT, scores()),
                history(),
                Optional.empty(),
                told.findObject("review")
                        .map(review -> new GateCase.Review(
                                Hashing.sha256("decision"), review.text("reason"), new Actor(review.text("by")))),
                new Actor("ci"),
                Instant.parse(told.text("at")));
    }

    /** The same story with the order of everything changed that has none: rules, slices, examples. */
    Story shuffled(Random random) {
        Map<Side, Map<String, Json.Obj>> turned = new HashMap<>();
        reports.forEach((side, byVariant) -> {
            Map<String, Json.Obj> documents = new HashMap<>();
            byVariant.forEach((variant, document) -> {
                Json.Obj shuffled = document;
                for (String list : List.of("slices", "groups", "traffic")) {
                    shuffled = list(shuffled, list, items -> mixed(items, random));
                }
                documents.put(variant, shuffled);
            });
            turned.put(side, documents);
        });
        Json.Obj spec = list(policy.object("spec"), "rules", items -> mixed(items, random));
        return new Story(policy.with("spec", spec), told, turned, tables, Optional.of(random));
    }

    private static Json.Obj list(Json.Obj in, String name, UnaryOperator<List<Json>> change) {
        return in.find(name).isPresent() ? in.with(name, Json.array(change.apply(in.array(name)))) : in;
    }

    private static List<Json> mixed(List<Json> items, Random random) {
        List<Json> mixed = new ArrayList<>(items);
        Collections.shuffle(mixed, random);
        return mixed;
    }

    /** The violations of the reports, as {@code <side> <pointer> <code>}. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        new TreeMap<>(reports)
                .forEach((side, byVariant) -> byVariant.values().forEach(document -> {
                    List<Violation> violations = new ArrayList<>();
                    read(side, document, violations);
                    violations.forEach(
                            each -> found.add(Measuring.words(side) + " " + each.pointer() + " " + each.code()));
                }));
        return found;
    }

    private Exhibit exhibit(Side side) {
        Map<String, Report> exhibited = new HashMap<>();
        reports.getOrDefault(side, Map.of()).values().forEach(document -> {
            List<Violation> violations = new ArrayList<>();
            Report report = read(side, document, violations);
            exhibited.put(report.variant(), report.faulty(EvidenceReader.faults(violations)));
        });
        return new Exhibit(Trial.subject(side), exhibited);
    }

    /** A report counts for the version that it was filed under, which may be another than the one at hand. */
    private Report read(Side side, Json.Obj document, List<Violation> violations) {
        Instant received = Instant.parse(told.object("received").text(Measuring.words(side)));
        Sha256 filed = told.findObject("filedUnder")
                .flatMap(found -> found.findText(Measuring.words(side)))
                .map(Hashing::sha256)
                .orElse(Trial.subject(side).artifactDigest());
        Json.Obj whole = document.has("artifactDigest") ? document : document.with("artifactDigest", filed.prefixed());
        return EvidenceReader.read(
                        whole,
                        new EvidenceReader.Setting(filed, threshold(side), received, Optional.of("ci"), List.of()),
                        violations)
                .orElseThrow();
    }

    private Optional<GateCase.Comparison> comparison(Side side) {
        String name = Measuring.words(side);
        return told.findObject(name)
                .map(found -> new GateCase.Comparison(
                        exhibit(side), found.text("ref"), found.findInteger("epoch"), threshold(side)));
    }

    private Optional<BigDecimal> threshold(Side side) {
        return told.findObject("thresholds")
                .flatMap(found -> found.find(Measuring.words(side)))
                .map(found -> ((Json.Num) found).value());
    }

    private GateCase.History history() {
        Json.Obj history = told.findObject("history").orElse(Json.object());
        return new GateCase.History(
                numbers(history, "replicates"),
                numbers(history, "onlineGaps"),
                history.findInteger("testSetUses").orElse(0L));
    }

    private static Map<String, List<BigDecimal>> numbers(Json.Obj history, String name) {
        Map<String, List<BigDecimal>> numbers = new HashMap<>();
        history.findObject(name)
                .orElse(Json.object())
                .fields()
                .forEach((metric, values) -> numbers.put(
                        metric,
                        ((Json.Arr) values)
                                .items().stream()
                                        .map(each -> ((Json.Num) each).value())
                                        .toList()));
        return numbers;
    }

    private GateCase.Scores scores() {
        Optional<Json.Obj> sample = told.findObject("sample");
        if (sample.isPresent()) {
            return new GateCase.Scores(Optional.of(mixed(Sample.of(sample.get()).examples())), Map.of());
        }
        return tables.containsKey(Side.CANDIDATE) ? joined() : GateCase.Scores.NONE;
    }

    private Examples mixed(Examples examples) {
        return shuffle.map(random -> Rows.shuffled(examples, random)).orElse(examples);
    }

    private GateCase.Scores joined() {
        Map<Side, Join.Source> others = new TreeMap<>();
        tables.keySet().stream().filter(side -> side != Side.CANDIDATE).forEach(side -> others.put(side, source(side)));
        try {
            Join.Result result = Join.of(source(Side.CANDIDATE), others, PredictionLimits.DEFAULT);
            if (result instanceof Join.Refused refused) {
                GateCase.Refusal why = new GateCase.Refusal(refused.code(), refused.reason());
                Join.Result alone = Join.alone(source(Side.CANDIDATE), PredictionLimits.DEFAULT);
                return new GateCase.Scores(
                        alone instanceof Join.Joined mine ? Optional.of(mixed(mine.examples())) : Optional.empty(),
                        Map.of(refused.side(), why));
            }
            return new GateCase.Scores(Optional.of(mixed(((Join.Joined) result).examples())), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Join.Source source(Side side) {
        byte[] bytes = tables.getOrDefault(side, "").getBytes(StandardCharsets.UTF_8);
        return () -> new ByteArrayInputStream(bytes);
    }
}
