package io.hallmark.core.gate;

import io.hallmark.core.json.Json;
import io.hallmark.core.promotion.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The gates of a policy, and the decision over all of them. */
public final class Gates {

    private Gates() {}

    /** The decision: every verdict, and whether the version may go on. */
    public record Decision(boolean passed, String reason, List<GateVerdict> verdicts) {

        public Decision {
            verdicts = List.copyOf(verdicts);
        }

        public Json.Obj json() {
            return Json.object()
                    .with("decision", passed ? "PASS" : "FAIL")
                    .with("reason", reason)
                    .with(
                            "gates",
                            Json.array(verdicts.stream().map(GateVerdict::json).toList()));
        }
    }

    /** What every version has to show, whatever the policy: a whole lineage, and bytes that are still there. */
    public static List<Gate> always() {
        return List.of(Gates::lineage, Gates::bytes);
    }

    /** The gates of a policy. */
    public static List<Gate> of(Policy policy) {
        return policy.gates().stream()
                .<Gate>map(rule -> evidence -> judge(rule, evidence))
                .toList();
    }

    /** Judges; no gate of the policy is no pass. */
    public static Decision decide(List<Gate> always, List<Gate> policyGates, GateEvidence evidence) {
        List<GateVerdict> verdicts = new ArrayList<>();
        always.forEach(gate -> verdicts.add(gate.judge(evidence)));
        policyGates.forEach(gate -> verdicts.add(gate.judge(evidence)));
        if (policyGates.isEmpty()) {
            verdicts.add(new GateVerdict(
                    "policy",
                    GateVerdict.Result.ERROR,
                    Json.nothing(),
                    Json.nothing(),
                    "the policy has no gate; nothing was shown"));
        }
        String refusals = verdicts.stream()
                .filter(verdict -> verdict.result() != GateVerdict.Result.PASS)
                .map(verdict -> verdict.gate() + ": " + verdict.reason())
                .collect(Collectors.joining("; "));
        return refusals.isEmpty()
                ? new Decision(true, "all " + verdicts.size() + " gates pass", verdicts)
                : new Decision(false, refusals, verdicts);
    }

    private static GateVerdict lineage(GateEvidence evidence) {
        List<String> missing = evidence.candidate().missing();
        return missing.isEmpty()
                ? new GateVerdict("lineage", GateVerdict.Result.PASS, Json.nothing(), Json.nothing(), "complete")
                : new GateVerdict(
                        "lineage",
                        GateVerdict.Result.FAIL,
                        Json.texts(missing),
                        Json.nothing(),
                        "LINEAGE_INCOMPLETE: " + String.join(", ", missing) + " missing");
    }

    private static GateVerdict bytes(GateEvidence evidence) {
        List<String> broken = evidence.brokenFiles();
        return broken.isEmpty()
                ? new GateVerdict("artifact", GateVerdict.Result.PASS, Json.nothing(), Json.nothing(), "as registered")
                : new GateVerdict(
                        "artifact",
                        GateVerdict.Result.FAIL,
                        Json.texts(broken),
                        Json.nothing(),
                        "ARTIFACT_MISSING: " + String.join("; ", broken));
    }

    static GateVerdict judge(Policy.GateRule rule, GateEvidence evidence) {
        Json.Obj limit = Json.object()
                .withOptional("min", rule.min().map(Json::of))
                .withOptional("max", rule.max().map(Json::of));
        return evidence.metric(rule.metric())
                .map(found -> within(rule, found, limit))
                .orElseGet(() -> new GateVerdict(
                        rule.metric(),
                        GateVerdict.Result.ERROR,
                        Json.nothing(),
                        limit,
                        "the manifest has no number at metrics." + rule.metric()));
    }

    private static GateVerdict within(Policy.GateRule rule, Json.Num found, Json.Obj limit) {
        boolean low = rule.min().filter(min -> found.value().compareTo(min) < 0).isPresent();
        boolean high =
                rule.max().filter(max -> found.value().compareTo(max) > 0).isPresent();
        String value = found.value().toPlainString();
        if (low || high) {
            String bound = low
                    ? "below " + rule.min().orElseThrow().toPlainString()
                    : "above " + rule.max().orElseThrow().toPlainString();
            return new GateVerdict(rule.metric(), GateVerdict.Result.FAIL, found, limit, value + " is " + bound);
        }
        return new GateVerdict(rule.metric(), GateVerdict.Result.PASS, found, limit, value);
    }
}
