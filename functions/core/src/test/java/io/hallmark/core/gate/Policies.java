package io.hallmark.core.gate;

import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Policies, of which a test writes the rules, and the settings that are not the usual ones. */
final class Policies {

    private static final String USUAL = """
            appliesTo: {models: ["*"], transition: {to: shadow}}
            baseline: {ref: "stage:production", evidence: persisted, anchor: "version:100"}
            """;

    private Policies() {}

    static GatePolicy rules(String... rules) {
        return with("{}", rules);
    }

    /**
     * A policy.
     *
     * @param settings fields of {@code spec} that replace the usual ones, as YAML
     * @param rules each a YAML object
     */
    static GatePolicy with(String settings, String... rules) {
        return GatePolicyReader.read(document(
                "p",
                Texts.yaml(settings),
                List.of(rules).stream().map(Texts::yaml).toList()));
    }

    /** The same policy with other rules. */
    static GatePolicy replaced(GatePolicy policy, List<? extends Json> rules) {
        Json.Obj spec = policy.document().object("spec").with("rules", Json.array(rules));
        return GatePolicyReader.read(policy.document().with("spec", spec));
    }

    /** The same policy with one more rule at its end. */
    static GatePolicy extended(GatePolicy policy, String rule) {
        List<Json> rules = new ArrayList<>(policy.document().object("spec").array("rules"));
        rules.add(Texts.yaml(rule));
        return replaced(policy, rules);
    }

    static Json.Obj document(String name, Json.Obj settings, List<? extends Json> rules) {
        Json.Obj spec = Texts.yaml(USUAL);
        for (Map.Entry<String, Json> field : settings.fields().entrySet()) {
            spec = spec.with(field.getKey(), field.getValue());
        }
        return Json.object()
                .with("apiVersion", "gates/v1")
                .with("kind", "GatePolicy")
                .with("metadata", Json.object().with("name", name).with("version", 1))
                .with("spec", spec.with("rules", Json.array(rules)));
    }
}
