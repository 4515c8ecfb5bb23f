package io.hallmark.core.service.gate;

import io.hallmark.core.gate.Decision;
import io.hallmark.core.gate.Explanation;
import io.hallmark.core.gate.Plan;
import io.hallmark.core.gate.Staleness;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.service.query.VersionLookup;
import io.hallmark.core.store.Table;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What people ask of the gates without anything being promoted. Nothing is written. */
public final class GateTools {

    private final Gatekeeper gates;
    private final VersionLookup versions;
    private final InstantSource clock;

    public GateTools(Gatekeeper gates, Table table, InstantSource clock) {
        this.gates = gates;
        this.versions = new VersionLookup(table);
        this.clock = clock;
    }

    /**
     * A version, a target and a policy, by whatever name.
     *
     * @param version a number or a semantic version
     * @param policy to try; empty for the one that would be chosen
     */
    public record Trial(ModelName model, String version, TargetName target, Optional<GatePolicy> policy, Actor actor) {}

    /** What would be decided now. It does not count as a use of the evaluation set, as nothing may rest on it. */
    public Json.Obj dryRun(Trial trial) {
        Decision decision = gates.decide(question(trial));
        return decision.json().with("explanation", Json.texts(Explanation.of(decision)));
    }

    /** How many examples each rule needs for this version, and has. */
    public Json.Obj plan(Trial trial, Plan.Assumed assumed) {
        Gatekeeper.Question question = question(trial);
        return planned(question.policy(), Plan.of(gates.gateCase(question), assumed));
    }

    /** How many examples each rule needs while nothing is known of any version. */
    public static Json.Obj plan(GatePolicy policy, Plan.Assumed assumed) {
        return planned(policy, Plan.of(policy, assumed));
    }

    private static Json.Obj planned(GatePolicy policy, List<Plan.Need> needs) {
        return Json.object()
                .with("policy", named(policy))
                .with("needs", Json.array(needs.stream().map(Plan.Need::json).toList()));
    }

    /** A decision, and whether it still holds. */
    public Json.Obj decision(Sha256 digest) {
        Decision decision = gates.get(digest);
        return decision.json()
                .with(
                        "stale",
                        Json.array(moved(decision).stream()
                                .map(moved ->
                                        Json.object().with("code", moved.code()).with("sentence", moved.sentence()))
                                .toList()));
    }

    /** A decision in plain sentences; first whether it still holds. */
    public Json.Obj explanation(Sha256 digest) {
        Decision decision = gates.get(digest);
        List<String> stale = moved(decision).stream()
                .map(moved -> "This decision is stale: " + moved.sentence() + ".")
                .toList();
        List<String> sentences = new java.util.ArrayList<>(stale);
        sentences.addAll(Explanation.of(decision));
        return Json.object().with("digest", digest.hex()).with("sentences", Json.texts(sentences));
    }

    /** Makes a decision again, from its record and the evidence it names, and compares every byte. */
    public Json.Obj verify(Sha256 digest) {
        Decision decision = gates.get(digest);
        Decision made = gates.again(decision);
        return Json.object()
                .with("digest", digest.hex())
                .with("made", made.digest().hex())
                .with("same", made.digest().equals(digest))
                .with("checks", decision.checks().size());
    }

    private List<Staleness.Moved> moved(Decision decision) {
        TargetName target = new TargetName(decision.document().text("target"));
        GatePolicy now = gates.latest(decision);
        return gates.moved(decision, target, now, clock.instant());
    }

    private Gatekeeper.Question question(Trial trial) {
        return new Gatekeeper.Question(
                trial.model(),
                versions.get(trial.model(), trial.version()).number(),
                trial.target(),
                trial.policy().orElseGet(() -> gates.policy(Optional.empty(), trial.model(), trial.target())),
                Optional.empty(),
                trial.actor(),
                clock.instant());
    }

    static Json.Obj named(GatePolicy policy) {
        return Json.object()
                .with("name", policy.name())
                .with("version", policy.version())
                .with("digest", policy.digest().hex());
    }
}
