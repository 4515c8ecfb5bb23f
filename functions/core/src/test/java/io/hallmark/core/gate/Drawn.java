package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Cases drawn by chance, of everything that a policy can ask and of what can be wrong with evidence. */
final class Drawn {

    private static final List<String> CRITERIA = List.of(
            "metric: accuracy, unit: fraction, min: '%.3f'",
            "metric: accuracy, unit: fraction, min: '%.3f', bound: lower",
            "metric: accuracy, unit: fraction, change: {min: '%.3f', mode: point}",
            "metric: accuracy, unit: fraction, change: {min: '%.3f', mode: point, relative: true}",
            "metric: accuracy, unit: fraction, change: {min: '%.3f'}",
            "metric: accuracy, unit: fraction, change: {min: '%.3f', maxSpread: '0.05'}",
            "metric: accuracy, unit: fraction, change: {min: '%.3f', mode: assured}",
            "metric: accuracy, unit: fraction, change: {tolerance: '%.3f', mode: nonInferior}",
            "metric: accuracy, unit: fraction, change: {tolerance: '%.3f', mode: equivalent}",
            "metric: accuracy, unit: fraction, change: {max: '%.3f'}",
            "metric: accuracy, unit: fraction, change: {tolerance: '%.3f', mode: nonInferior, against: anchor}",
            "metric: accuracy, unit: fraction, distance: {max: '%.3f'}",
            "metric: accuracy, unit: fraction, distance: {max: '%.3f', mode: point}",
            "metric: accuracy, unit: fraction, alarm: {tolerance: '%.3f'}",
            "metric: accuracy, unit: fraction, alarm: {tolerance: '%.3f'}, slices: {all: [slice_plan]}",
            "metric: accuracy, unit: fraction, min: '%.3f', slices: {all: [slice_plan], minSize: 200}",
            "metric: accuracy, unit: fraction, min: '%.3f', slices: {topK: {by: count, k: 2}}",
            "metric: accuracy, unit: fraction, change: {min: '%.3f'}, slices: {topK: {by: traffic, k: 2}}",
            "metric: accuracy, unit: fraction, max: '%.3f', groups: {attribute: '*', minSize: 100, sizeOf: rows}",
            "metric: accuracy, unit: fraction, max: '%.3f', threeZone: true, groups: {attribute: group_sex, minSize: 150}");

    private final Random random;

    Drawn(long seed) {
        this.random = new Random(seed);
    }

    /** A rule that blocks, in YAML. */
    String rule(String id) {
        String criterion = CRITERIA.get(random.nextInt(CRITERIA.size()));
        double bound = criterion.contains("min: '%.3f'") && !criterion.contains("change")
                ? 0.7 + random.nextInt(200) / 1000.0
                : (1 + random.nextInt(90)) / 1000.0;
        return "{id: " + id + ", " + String.format(java.util.Locale.ROOT, criterion, bound) + "}";
    }

    GatePolicy policy() {
        List<String> rules = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            rules.add(rule("r" + i));
        }
        return Policies.with(settings(), rules.toArray(String[]::new));
    }

    private String settings() {
        String missing = List.of("review", "reject", "absoluteOnly").get(random.nextInt(3));
        String open = List.of("review", "reject", "warn").get(random.nextInt(3));
        String holm = random.nextBoolean() ? "holm" : "none";
        return "{baseline: {ref: 'stage:production', evidence: persisted, anchor: 'version:100', onMissingBaseline: "
                + missing + "}, statistics: {confidence: '0.9', onInconclusive: " + open + ", alarms: {correction: "
                + holm
                + "}}}";
    }

    /** A case with reports. */
    Trial reported() {
        Trial trial = Trial.of(policy());
        for (Side side : Side.values()) {
            if (side == Side.CANDIDATE || random.nextInt(6) > 0) {
                trial = trial.reported(side, overall())
                        .changed(
                                side,
                                report -> report.slices(slices())
                                        .traffic(Map.of(
                                                "slice_plan=a", "0.5", "slice_plan=b", "0.3", "slice_plan=c", "0.2")));
            }
        }
        return switch (random.nextInt(20)) {
            case 0 -> trial.changed(Side.CANDIDATE, report -> report.broken("accuracy", "METRIC_RANGE"));
            case 1 -> trial.changed(Side.CANDIDATE, report -> report.dataset(Optional.of("sha256:" + "e".repeat(64))));
            case 2 -> trial.changed(Side.CANDIDATE, report -> report.faults("unreadable"));
            default -> trial;
        };
    }

    /** A case with a few hundred examples. */
    Trial computed() {
        int rows = 150 + random.nextInt(400);
        Sample sample = Sample.of(random.nextLong(), rows, 1 + random.nextDouble(), 1 + random.nextDouble())
                .column("slice_plan", "a", "b", "c")
                .column("group_sex", "f", "m");
        Sample drawn = random.nextBoolean() ? sample.clustered(2) : sample;
        return Trial.of(policy()).examples(drawn.examples());
    }

    /** The figures of one place. */
    String overall() {
        String error = random.nextInt(4) == 0 ? "" : ", accuracy_se: 0.00" + (1 + random.nextInt(9));
        return "{n: " + (100 + random.nextInt(400)) + ", accuracy: " + value() + error + "}";
    }

    private String slices() {
        List<String> slices = new ArrayList<>();
        for (String name : List.of("slice_plan=a", "slice_plan=b", "slice_plan=c", "group_sex=f", "group_sex=m")) {
            if (random.nextInt(40) > 0) {
                slices.add("\"" + name + "\": " + overall());
            }
        }
        return "{" + String.join(", ", slices) + "}";
    }

    BigDecimal value() {
        return BigDecimal.valueOf(800 + random.nextInt(150), 3);
    }

    /** The document of a policy with its rules in another order. */
    GatePolicy mixed(GatePolicy policy) {
        List<Json> rules = new ArrayList<>(policy.document().object("spec").array("rules"));
        java.util.Collections.shuffle(rules, random);
        return Policies.replaced(policy, rules);
    }

    Random random() {
        return random;
    }
}
