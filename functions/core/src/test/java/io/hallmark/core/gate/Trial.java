package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Exhibit;
import io.hallmark.core.gate.evidence.Reading;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.evidence.Subject;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.VersionNumber;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A case to judge, of which a test says only what it is about. */
record Trial(
        GatePolicy policy,
        Map<Side, Map<String, Report>> reports,
        Map<String, Examples> examples,
        List<GateCase.Variant> variants,
        Optional<BigDecimal> threshold,
        GateCase.History history,
        Instant at) {

    static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    static final GateCase.Variant PLAIN = variant(Report.DEFAULT_VARIANT, 1_000_000);

    static Trial of(GatePolicy policy) {
        return new Trial(
                policy,
                Map.of(),
                Map.of(),
                List.of(PLAIN),
                Optional.of(new BigDecimal("0.5")),
                GateCase.History.NONE,
                AT);
    }

    static Trial rules(String... rules) {
        return of(Policies.rules(rules));
    }

    static GateCase.Variant variant(String name, long bytes) {
        return new GateCase.Variant(name, Optional.empty(), bytes, Optional.empty());
    }

    Trial under(GatePolicy other) {
        return new Trial(other, reports, examples, variants, threshold, history, at);
    }

    /** With the figures that a side's evaluator reported, as a YAML object; {@code x_se} is the error of {@code x}. */
    Trial reported(Side side, String overall) {
        return reported(side, report(side, overall));
    }

    Trial reported(Side side, Report report) {
        Map<Side, Map<String, Report>> more = new HashMap<>(reports);
        Map<String, Report> variantsOf = new HashMap<>(more.getOrDefault(side, Map.of()));
        variantsOf.put(report.variant(), report);
        more.put(side, variantsOf);
        return new Trial(policy, more, examples, variants, threshold, history, at);
    }

    /** With candidate and baseline reported. */
    Trial reported(String candidate, String baseline) {
        return reported(Side.CANDIDATE, candidate).reported(Side.BASELINE, baseline);
    }

    /** With a report of a side that differs in a few things. */
    Trial changed(Side side, UnaryOperator<Edit> change) {
        return reported(side, change.apply(new Edit(report(side))).report());
    }

    Report report(Side side) {
        return Optional.ofNullable(reports.getOrDefault(side, Map.of()).get(Report.DEFAULT_VARIANT))
                .orElseThrow();
    }

    /** With examples, and a report of every side that has scores. */
    Trial examples(Examples found) {
        Trial with =
                new Trial(policy, reports, Map.of(Report.DEFAULT_VARIANT, found), variants, threshold, history, at);
        for (Side side : Side.values()) {
            boolean known = with.reports.containsKey(side);
            with = known || found.scores(side).isEmpty() ? with : with.reported(side, "{}");
        }
        return with;
    }

    Trial variants(GateCase.Variant... some) {
        return new Trial(policy, reports, examples, List.of(some), threshold, history, at);
    }

    Trial threshold(Optional<BigDecimal> other) {
        return new Trial(policy, reports, examples, variants, other, history, at);
    }

    Trial history(GateCase.History other) {
        return new Trial(policy, reports, examples, variants, threshold, other, at);
    }

    Trial at(Instant other) {
        return new Trial(policy, reports, examples, variants, threshold, history, other);
    }

    GateCase gateCase() {
        Map<String, GateCase.Scores> scores = new HashMap<>();
        examples.forEach((variant, found) -> scores.put(variant, new GateCase.Scores(Optional.of(found), Map.of())));
        return new GateCase(
                policy,
                "production",
                "server",
                new GateCase.Candidate(exhibit(Side.CANDIDATE), threshold, variants, List.of(), List.of()),
                comparison(Side.BASELINE, "stage:production", Optional.of(7L)),
                comparison(Side.ANCHOR, "version:100", Optional.empty()),
                scores,
                history,
                Optional.empty(),
                Optional.empty(),
                new Actor("ada"),
                at);
    }

    Decision decision() {
        return Judge.decide(gateCase());
    }

    /** The only check of a rule. */
    Json.Obj check(String rule) {
        List<Json.Obj> found = decision().checks().stream()
                .filter(check -> check.text("rule").equals(rule))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " checks of " + rule + ": " + found);
        }
        return found.get(0);
    }

    String verdict(String rule) {
        Json.Obj check = check(rule);
        return check.text("verdict")
                + check.findText("code").map(code -> " " + code).orElse("");
    }

    private Exhibit exhibit(Side side) {
        return new Exhibit(subject(side), reports.getOrDefault(side, Map.of()));
    }

    private Optional<GateCase.Comparison> comparison(Side side, String ref, Optional<Long> epoch) {
        return reports.containsKey(side)
                ? Optional.of(new GateCase.Comparison(exhibit(side), ref, epoch, threshold))
                : Optional.empty();
    }

    static Subject subject(Side side) {
        long number = switch (side) {
            case CANDIDATE -> 102;
            case BASELINE -> 101;
            case ANCHOR -> 100;
        };
        return new Subject(
                new ModelName("ctr"),
                new VersionNumber(number),
                new SemanticVersion(1, number, 0),
                Hashing.sha256(Measuring.words(side)),
                Optional.empty());
    }

    /** A report as of an hour before the decision. */
    static Report report(Side side, String overall) {
        Json.Obj told = Texts.yaml(overall);
        return new Report(
                Hashing.sha256(Measuring.words(side) + overall),
                subject(side).artifactDigest(),
                Report.DEFAULT_VARIANT,
                Optional.of(new Report.Dataset("sha256:" + "d".repeat(64), 1000)),
                Optional.empty(),
                Optional.of(new Report.Evaluator("ci-evaluator", "1", Optional.empty())),
                AT.minusSeconds(3600),
                Optional.empty(),
                readings(told),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                told);
    }

    static Map<String, Reading> readings(Json.Obj told) {
        Map<String, Reading> readings = new TreeMap<>();
        told.fields().forEach((name, value) -> {
            if (!name.endsWith("_se")) {
                Optional<BigDecimal> error = told.find(name + "_se").map(found -> ((Json.Num) found).value());
                readings.put(
                        name,
                        value instanceof Json.Num number
                                ? new Reading.Value(number.value(), error, told.findInteger("n"))
                                : new Reading.Broken("METRIC_TYPE", name + " is " + value.kind() + ", not a number"));
            }
        });
        return readings;
    }
}
