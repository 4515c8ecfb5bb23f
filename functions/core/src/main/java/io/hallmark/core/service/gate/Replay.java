package io.hallmark.core.service.gate;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.Decision;
import io.hallmark.core.gate.GateCase;
import io.hallmark.core.gate.evidence.Exhibit;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.evidence.Subject;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.service.evidence.Exhibits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rebuilds the case of a decision from its record: the reports by digest, everything else as it stands there. */
final class Replay {

    private final Cases cases;
    private final Exhibits exhibits;

    Replay(Cases cases, Exhibits exhibits) {
        this.cases = cases;
        this.exhibits = exhibits;
    }

    GateCase of(Decision decision, GatePolicy policy) {
        Json.Obj document = decision.document();
        Json.Obj inputs = decision.inputs();
        Exhibit mine = exhibit(decision, "candidate", decision.subject());
        Optional<GateCase.Comparison> baseline =
                document.findObject("baseline").map(row -> comparison(decision, "baseline", row));
        Optional<GateCase.Comparison> anchor =
                document.findObject("anchor").map(row -> comparison(decision, "anchor", row));
        List<GateCase.Variant> variants = inputs.array("variants").stream()
                .map(row -> variant((Json.Obj) row))
                .toList();
        return new GateCase(
                policy,
                document.text("target"),
                inputs.text("profile"),
                new GateCase.Candidate(
                        mine,
                        threshold(inputs),
                        variants,
                        inputs.texts("missing"),
                        inputs.texts("brokenFiles"),
                        texts(inputs, "contradicted"),
                        texts(inputs, "unverified")),
                baseline,
                anchor,
                cases.scores(mine, baseline, anchor, variants),
                new GateCase.History(
                        lists(inputs.object("replicates")),
                        lists(inputs.object("onlineGaps")),
                        inputs.integer("testSetUses")),
                document.findText("previous").map(Sha256::new),
                document.findObject("review").map(Replay::review),
                new Actor(document.text("actor")),
                Instant.parse(document.text("at")));
    }

    /** Older records do not speak of what was not there. */
    private static List<String> texts(Json.Obj inputs, String name) {
        return inputs.has(name) ? inputs.texts(name) : List.of();
    }

    private Exhibit exhibit(Decision decision, String side, Subject subject) {
        Map<String, Report> reports = new TreeMap<>();
        for (Json.Obj row : decision.evidence()) {
            if (row.text("side").equals(side)) {
                Sha256 digest = new Sha256(row.text("digest"));
                Report report = exhibits.report(subject.model(), subject.number(), digest)
                        .orElseThrow(() -> new RegistryFailure.NotFound("evidence", digest.hex()));
                reports.put(row.text("variant"), report);
            }
        }
        return new Exhibit(subject, reports);
    }

    private GateCase.Comparison comparison(Decision decision, String side, Json.Obj row) {
        return new GateCase.Comparison(
                exhibit(decision, side, Subject.of(row)), row.text("ref"), row.findInteger("epoch"), threshold(row));
    }

    private static Optional<BigDecimal> threshold(Json.Obj row) {
        return row.has("threshold") ? Optional.of(row.decimal("threshold")) : Optional.empty();
    }

    private static GateCase.Variant variant(Json.Obj row) {
        return new GateCase.Variant(
                row.text("name"), row.findText("profile"), row.integer("bytes"), row.findText("derivedFrom"));
    }

    private static GateCase.Review review(Json.Obj row) {
        return new GateCase.Review(new Sha256(row.text("decision")), row.text("reason"), new Actor(row.text("by")));
    }

    private static Map<String, List<BigDecimal>> lists(Json.Obj row) {
        Map<String, List<BigDecimal>> lists = new TreeMap<>();
        row.fields().forEach((name, values) -> {
            List<BigDecimal> numbers = new ArrayList<>();
            ((Json.Arr) values).items().forEach(value -> numbers.add(((Json.Num) value).value()));
            lists.put(name, numbers);
        });
        return lists;
    }
}
