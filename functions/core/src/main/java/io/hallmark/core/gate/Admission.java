package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Exhibit;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.GatePolicy;
import java.util.Objects;
import java.util.Optional;

/** Which evidence may be looked at, and which two reports may be compared. */
final class Admission {

    private final GateCase gateCase;

    Admission(GateCase gateCase) {
        this.gateCase = gateCase;
    }

    /** The report that counts for a variant of one side. */
    Optional<Report> report(String variant, Side side) {
        return Measuring.exhibit(gateCase, side)
                .flatMap(exhibit -> Optional.ofNullable(exhibit.reports().get(variant)));
    }

    /** Why the report of a side cannot be used at all; empty if it can. */
    Optional<Quantity.Unknown> refusal(String variant, Side side) {
        String who = Measuring.words(side);
        Optional<Exhibit> exhibit = Measuring.exhibit(gateCase, side);
        Optional<Report> found = report(variant, side);
        if (exhibit.isEmpty() || found.isEmpty()) {
            return Optional.of(new Quantity.Unknown(
                    side == Side.CANDIDATE ? Verdict.ERROR : Verdict.INCOMPARABLE,
                    "EVIDENCE_MISSING",
                    "there is no evidence about variant " + variant + " of the " + who));
        }
        Report report = found.get();
        if (!report.artifactDigest().equals(exhibit.get().subject().artifactDigest())) {
            return binding("the evidence is about other bytes, "
                    + report.artifactDigest().hex() + ", than the " + who);
        }
        if (!report.faults().isEmpty()) {
            return Optional.of(new Quantity.Unknown(Verdict.ERROR, "REPORT_FAULT", String.join("; ", report.faults())));
        }
        GatePolicy.EvidenceRule rule = gateCase.policy().evidence();
        String evaluator = report.evaluator().map(Report.Evaluator::name).orElse("manifest");
        if (!rule.evaluators().isEmpty() && !rule.evaluators().contains(evaluator)) {
            return binding("the policy does not accept " + evaluator + " as an evaluator");
        }
        boolean old = side == Side.CANDIDATE
                && rule.maxAge()
                        .filter(age -> report.receivedAt().plus(age).isBefore(gateCase.at()))
                        .isPresent();
        if (old) {
            return binding("the evidence is from " + report.receivedAt() + ", older than the policy accepts");
        }
        return Optional.ofNullable(scores(variant).refusals().get(side))
                .map(refusal -> new Quantity.Unknown(
                        side == Side.CANDIDATE ? Verdict.ERROR : Verdict.INCOMPARABLE,
                        refusal.code(),
                        refusal.reason()));
    }

    /** Why candidate and this side cannot be compared; empty if they can. */
    Optional<Quantity.Unknown> incomparable(String variant, Side side) {
        Report mine = report(variant, Side.CANDIDATE).orElseThrow();
        Report other = report(variant, side).orElseThrow();
        String who = Measuring.words(side);
        Optional<Quantity.Unknown> apart = otherData("candidate", mine, who, other);
        if (apart.isPresent()) {
            return apart;
        }
        boolean joined = scores(variant)
                .examples()
                .filter(examples -> examples.scores(side).isPresent())
                .isPresent();
        if (joined) {
            return Optional.empty();
        }
        if (gateCase.policy().baseline().recompute()) {
            return incomparable(
                    "NO_PREDICTIONS",
                    "the policy wants both sides recomputed, and there are no predictions to do that with");
        }
        if (!mine.metricDefinitions().equals(other.metricDefinitions())) {
            return incomparable("DEFINITIONS_DIFFER", "candidate and " + who + " define their metrics differently");
        }
        String myTool = mine.evaluator().map(Admission::tool).orElse("manifest");
        String otherTool = other.evaluator().map(Admission::tool).orElse("manifest");
        return Objects.equals(myTool, otherTool)
                ? Optional.empty()
                : incomparable(
                        "EVALUATOR_DIFFERS",
                        "the candidate was evaluated by " + myTool + ", the " + who + " by " + otherTool);
    }

    /** Why two variants of the candidate cannot be compared; empty if they can. */
    Optional<Quantity.Unknown> incomparable(GateCase.Variant variant, GateCase.Variant parent) {
        return otherData(
                "variant " + variant.name(),
                report(variant.name(), Side.CANDIDATE).orElseThrow(),
                "variant " + parent.name(),
                report(parent.name(), Side.CANDIDATE).orElseThrow());
    }

    private static Optional<Quantity.Unknown> otherData(String whose, Report mine, String who, Report other) {
        if (mine.dataset().isEmpty() || other.dataset().isEmpty()) {
            return incomparable(
                    "DATASET_UNKNOWN", "nobody says which data " + whose + " and " + who + " were evaluated on");
        }
        String myData = mine.dataset().get().digest();
        String otherData = other.dataset().get().digest();
        return myData.equals(otherData)
                ? Optional.empty()
                : incomparable(
                        "DATASET_DIFFERS",
                        "the " + whose + " was evaluated on " + myData + ", the " + who + " on " + otherData);
    }

    private GateCase.Scores scores(String variant) {
        return gateCase.scores().getOrDefault(variant, GateCase.Scores.NONE);
    }

    private static String tool(Report.Evaluator evaluator) {
        return evaluator.name() + " " + evaluator.version();
    }

    private static Optional<Quantity.Unknown> binding(String reason) {
        return Optional.of(new Quantity.Unknown(Verdict.ERROR, "REPORT_BINDING", reason));
    }

    private static Optional<Quantity.Unknown> incomparable(String code, String reason) {
        return Optional.of(new Quantity.Unknown(Verdict.INCOMPARABLE, code, reason));
    }
}
