package io.hallmark.core.service.gate;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.Decision;
import io.hallmark.core.gate.DecisionVerdict;
import io.hallmark.core.gate.GateCase;
import io.hallmark.core.gate.Judge;
import io.hallmark.core.gate.Staleness;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.service.Integrity;
import io.hallmark.core.service.evidence.EvidenceStore;
import io.hallmark.core.service.evidence.Exhibits;
import io.hallmark.core.service.evidence.TestSetUse;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.service.target.Targets;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Write;
import io.hallmark.core.version.VersionRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides whether versions may go on, keeps what was decided, and says whether it still holds. */
public final class Gatekeeper {

    private final Table table;
    private final Documents documents;
    private final Cases cases;
    private final Decisions decisions;
    private final GatePolicies policies;
    private final TestSetUse testSetUse;

    public Gatekeeper(
            Table table,
            Blobs blobs,
            Documents documents,
            EvidenceStore evidence,
            Exhibits exhibits,
            GatePolicies policies) {
        this.table = table;
        this.documents = documents;
        this.decisions = new Decisions(table, documents);
        this.cases = new Cases(table, blobs, documents, evidence, exhibits, decisions);
        this.policies = policies;
        this.testSetUse = new TestSetUse(table);
    }

    /**
     * What is to be decided.
     *
     * @param review whoever accepts what an earlier decision about the same could not show
     */
    public record Question(
            ModelName model,
            VersionNumber candidate,
            TargetName target,
            GatePolicy policy,
            Optional<GateCase.Review> review,
            Actor actor,
            Instant at) {

        public Question with(Optional<GateCase.Review> given) {
            return new Question(model, candidate, target, policy, given, actor, at);
        }
    }

    /** The policy of this name, or else the one that fits best. */
    public GatePolicy policy(Optional<String> name, ModelName model, TargetName target) {
        return name.map(policies::get)
                .orElseGet(() -> policies.select(model, GatePolicy.Transition.SHADOW, Optional.of(profile(target)))
                        .orElseThrow(() -> new RegistryFailure.NotFound("gate policy", "for " + model)));
    }

    /** The policy that stands before production, where one does. */
    public Optional<GatePolicy> productionPolicy(ModelName model, TargetName target) {
        return policies.select(model, GatePolicy.Transition.PRODUCTION, Optional.of(profile(target)));
    }

    /** The policy of this content. */
    public GatePolicy pinned(Sha256 digest) {
        return policies.byDigest(digest)
                .orElseThrow(() -> new RegistryFailure.NotFound("gate policy", digest.prefixed()));
    }

    /** The writes after which the content of a policy can be had for good, also when the registry comes with another. */
    public List<Write> keep(GatePolicy policy) {
        return policies.keep(policy).stream().toList();
    }

    /** Whether the bytes of a version have the digests that it was registered with. */
    public Integrity integrity(VersionRecord version) {
        return Integrity.of(table, documents.files(version));
    }

    public Decision decide(Question question) {
        return Judge.decide(gateCase(question));
    }

    GateCase gateCase(Question question) {
        return cases.of(new Cases.Ask(
                question.model(),
                question.candidate(),
                question.target(),
                profile(question.target()),
                question.policy(),
                question.review(),
                question.actor(),
                question.at()));
    }

    /** What kind of target this is. */
    public String profile(TargetName target) {
        return table.get(Keys.target(target))
                .flatMap(item -> item.attributes().findText("profile"))
                .orElse(Targets.PROFILE_DEFAULT);
    }

    public Decision get(Sha256 digest) {
        return decisions.get(digest);
    }

    /** The writes that keep a decision and count it against its evaluation set; refused if its own count is not right. */
    public List<Write> keep(Decision decision, TargetName target) {
        List<Write> writes = new ArrayList<>(decisions.keep(decision, target));
        decision.testSetUse()
                .ifPresent(use -> writes.add(testSetUse.raise(use.text("dataset"), use.integer("count") - 1)));
        return writes;
    }

    /**
     * What moved since a decision was made; empty if it still holds.
     *
     * @param policy that applies now
     */
    public List<Staleness.Moved> moved(Decision decision, TargetName target, GatePolicy policy, Instant at) {
        GatePolicy decided = pinned(decision.policyDigest());
        GateCase now = cases.facts(new Cases.Ask(
                decision.subject().model(),
                decision.subject().number(),
                target,
                profile(target),
                decided,
                Optional.empty(),
                Actor.REGISTRY,
                at));
        return Staleness.of(
                decision,
                new Staleness.Now(
                        now.candidate().subject().artifactDigest(),
                        Stream.concat(now.candidate().brokenFiles().stream(), now.candidate().contradicted().stream())
                                .toList(),
                        now.baseline().map(found -> found.subject().number().value()),
                        now.baseline().flatMap(GateCase.Comparison::epoch),
                        Cases.reports(now),
                        policy.digest()));
    }

    /** Why an earlier decision may not be reviewed for this question; empty if it may. */
    public Optional<RegistryFailure> unreviewable(Question question, Sha256 digest) {
        Decision decision = decisions.get(digest);
        boolean same = decision.subject().model().equals(question.model())
                && decision.subject().number().equals(question.candidate())
                && decision.document().text("target").equals(question.target().value());
        if (!same) {
            return conflict("REVIEW_BINDING", "decision " + digest + " is about another version or another target");
        }
        if (decision.verdict() != DecisionVerdict.NEEDS_REVIEW) {
            return conflict(
                    "NOTHING_TO_REVIEW", "decision " + digest + " is " + decision.verdict() + ", not open for review");
        }
        List<Staleness.Moved> moved = moved(decision, question.target(), question.policy(), question.at());
        return moved.isEmpty()
                ? Optional.empty()
                : conflict(
                        "DECISION_STALE",
                        "decision " + digest + " does not hold any more: "
                                + moved.get(0).sentence());
    }

    private static Optional<RegistryFailure> conflict(String code, String message) {
        return Optional.of(new RegistryFailure.Conflict(code, message));
    }

    /** Makes a decision again from its record alone. */
    public Decision again(Decision decision) {
        return again(decision, pinned(decision.policyDigest()));
    }

    /** What another policy decides on the same evidence. */
    public Decision again(Decision decision, GatePolicy policy) {
        return Judge.decide(cases.again(decision, policy));
    }

    /** The policy that now has the name of the one a decision was made by. */
    public GatePolicy latest(Decision decision) {
        return policies.get(decision.document().object("policy").text("name"));
    }
}
