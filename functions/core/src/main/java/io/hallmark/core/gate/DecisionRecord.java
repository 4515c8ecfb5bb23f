package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Exhibit;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.FileEntry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Writes a case and what was found in it as the document of a decision. */
final class DecisionRecord {

    /** Changes whenever the same case could give another decision. */
    static final String ENGINE = "1";

    private DecisionRecord() {}

    /** What was found. */
    record Found(
            DecisionVerdict verdict,
            String reason,
            List<Check> checks,
            Map<String, String> notEvaluated,
            Map<String, Set<String>> slices,
            Set<String> unexpected) {}

    static Decision of(GateCase in, Found found) {
        GatePolicy policy = in.policy();
        return new Decision(Json.object()
                .with("schema", Decision.SCHEMA)
                .with("engine", Json.object().with("version", ENGINE))
                .with("subject", in.candidate().subject().json())
                .with("target", in.target())
                .withOptional("baseline", in.baseline().map(DecisionRecord::comparison))
                .withOptional("anchor", in.anchor().map(DecisionRecord::comparison))
                .with(
                        "policy",
                        Json.object()
                                .with("name", policy.name())
                                .with("version", policy.version())
                                .with("digest", policy.digest().hex()))
                .with("evidence", Json.array(evidence(in)))
                .with("verdict", found.verdict().name())
                .with("reason", found.reason())
                .with(
                        "checks",
                        Json.array(found.checks().stream().map(Check::json).toList()))
                .with("notEvaluated", Json.array(notEvaluated(found.notEvaluated())))
                .with("resolved", resolved(found))
                .withOptional("testSetUse", testSetUse(in))
                .withOptional("review", in.review().map(DecisionRecord::review))
                .with("inputs", inputs(in))
                .with("at", in.at().toString())
                .with("actor", in.actor().value())
                .withOptional("previous", in.previous().map(digest -> Json.of(digest.hex()))));
    }

    private static Json.Obj comparison(GateCase.Comparison comparison) {
        return comparison
                .subject()
                .json()
                .with("ref", comparison.ref())
                .withOptional("epoch", comparison.epoch().map(Json::of))
                .withOptional("threshold", comparison.threshold().map(Json::of));
    }

    private static List<Json> evidence(GateCase in) {
        List<Json> evidence =
                new ArrayList<>(exhibit("candidate", in.candidate().exhibit()));
        in.baseline().ifPresent(found -> evidence.addAll(exhibit("baseline", found.exhibit())));
        in.anchor().ifPresent(found -> evidence.addAll(exhibit("anchor", found.exhibit())));
        return evidence;
    }

    private static List<Json> exhibit(String side, Exhibit exhibit) {
        List<Json> reports = new ArrayList<>();
        for (Report report : new TreeMap<>(exhibit.reports()).values()) {
            reports.add(Json.object()
                    .with("side", side)
                    .with("number", exhibit.subject().number().value())
                    .with("variant", report.variant())
                    .with("digest", report.digest().hex())
                    .withOptional("dataset", report.dataset().map(data -> Json.of(data.digest())))
                    .withOptional(
                            "predictions",
                            report.predictions().map(FileEntry::sha256).map(digest -> Json.of(digest.hex()))));
        }
        return reports;
    }

    private static List<Json> notEvaluated(Map<String, String> rules) {
        return new TreeMap<>(rules)
                .entrySet().stream()
                        .<Json>map(rule ->
                                Json.object().with("rule", rule.getKey()).with("reason", rule.getValue()))
                        .toList();
    }

    private static Json.Obj resolved(Found found) {
        Json.Obj slices = Json.object();
        for (var rule : new TreeMap<>(found.slices()).entrySet()) {
            slices = slices.with(rule.getKey(), Json.texts(List.copyOf(rule.getValue())));
        }
        return Json.object().with("slices", slices).with("newSlices", Json.texts(List.copyOf(found.unexpected())));
    }

    private static Optional<Json.Obj> testSetUse(GateCase in) {
        return in.candidate().exhibit().reports().values().stream()
                .flatMap(report -> report.dataset().stream())
                .map(Report.Dataset::digest)
                .sorted()
                .findFirst()
                .map(digest -> Json.object()
                        .with("dataset", digest)
                        .with("count", in.history().testSetUses() + 1)
                        .withOptional(
                                "budget",
                                in.policy().evidence().reuseBudget().map(budget -> Json.of(budget.decisions()))));
    }

    private static Json.Obj review(GateCase.Review review) {
        return Json.object()
                .with("decision", review.decision().hex())
                .with("reason", review.reason())
                .with("by", review.by().value());
    }

    private static Json.Obj inputs(GateCase in) {
        GateCase.Candidate candidate = in.candidate();
        Json.Obj inputs = Json.object()
                .with("profile", in.profile())
                .withOptional("threshold", candidate.threshold().map(Json::of))
                .with(
                        "variants",
                        Json.array(candidate.variants().stream()
                                .map(DecisionRecord::variant)
                                .toList()))
                .with("missing", Json.texts(candidate.missing()))
                .with("brokenFiles", Json.texts(candidate.brokenFiles()))
                .with("replicates", lists(in.history().replicates()))
                .with("onlineGaps", lists(in.history().onlineGaps()))
                .with("testSetUses", in.history().testSetUses());
        return named(named(inputs, "contradicted", candidate.contradicted()), "unverified", candidate.unverified());
    }

    /** Says only what there is to say, so that the records of most decisions stay what they were. */
    private static Json.Obj named(Json.Obj inputs, String name, List<String> sentences) {
        return sentences.isEmpty() ? inputs : inputs.with(name, Json.texts(sentences));
    }

    private static Json.Obj variant(GateCase.Variant variant) {
        return Json.object()
                .with("name", variant.name())
                .withOptional("profile", variant.profile().map(Json::of))
                .with("bytes", variant.bytes())
                .withOptional("derivedFrom", variant.derivedFrom().map(Json::of));
    }

    private static Json.Obj lists(Map<String, List<BigDecimal>> values) {
        Json.Obj json = Json.object();
        for (var entry : new TreeMap<>(values).entrySet()) {
            json = json.with(
                    entry.getKey(),
                    Json.array(entry.getValue().stream().map(Json::of).toList()));
        }
        return json;
    }
}
