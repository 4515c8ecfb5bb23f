package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Reading;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.Rule.Severity;
import io.hallmark.core.gate.statistics.Metric;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What every version has to show, whatever the policy says; these alone are no reason to promote anything. */
final class HouseChecks {

    /** Figures with fewer digits than the registry computes may differ by their rounding. */
    private static final BigDecimal ROUNDING = new BigDecimal("1e-6");

    private HouseChecks() {}

    static List<Check> of(GateCase in) {
        List<Check> checks = new ArrayList<>();
        checks.add(lineage(in.candidate().missing()));
        checks.add(bytes(in.candidate()));
        in.policy().evidence().reuseBudget().ifPresent(budget -> checks.add(reuse(budget, in.history())));
        checks.addAll(claims(in));
        return checks;
    }

    private static Check lineage(List<String> missing) {
        return missing.isEmpty()
                ? check("lineage", Severity.BLOCK, Verdict.PASS, Optional.empty(), "The lineage is complete.")
                : check(
                        "lineage",
                        Severity.BLOCK,
                        Verdict.FAIL,
                        Optional.of("LINEAGE_INCOMPLETE"),
                        "The lineage lacks " + String.join(", ", missing) + ".");
    }

    /** What is not verified yet is neither shown nor refuted: it does not bar the version, and no review can accept it. */
    private static Check bytes(GateCase.Candidate candidate) {
        if (!candidate.contradicted().isEmpty()) {
            return integrity(Verdict.FAIL, "DIGEST_MISMATCH", "not what was declared", candidate.contradicted());
        }
        if (!candidate.brokenFiles().isEmpty()) {
            return integrity(Verdict.FAIL, "ARTIFACT_MISSING", "not as registered", candidate.brokenFiles());
        }
        if (!candidate.unverified().isEmpty()) {
            return integrity(Verdict.ERROR, "INTEGRITY_PENDING", "not verified yet", candidate.unverified());
        }
        return check("integrity", Severity.BLOCK, Verdict.PASS, Optional.empty(), "The bytes are as registered.");
    }

    private static Check integrity(Verdict verdict, String code, String how, List<String> sentences) {
        String message = "The bytes are " + how + ": " + String.join("; ", sentences) + ".";
        return check("integrity", Severity.BLOCK, verdict, Optional.of(code), message);
    }

    private static Check reuse(GatePolicy.ReuseBudget budget, GateCase.History history) {
        long count = history.testSetUses() + 1;
        String sentence = "This is decision " + count + " on the same evaluation set, which is good for "
                + budget.decisions() + ".";
        if (count <= budget.decisions()) {
            return check("test-set-reuse", Severity.BLOCK, Verdict.PASS, Optional.empty(), sentence);
        }
        Optional<String> spent = Optional.of("BUDGET_SPENT");
        return switch (budget.action()) {
            case WARN -> check("test-set-reuse", Severity.WARN, Verdict.FAIL, spent, sentence);
            case REVIEW -> check("test-set-reuse", Severity.BLOCK, Verdict.INCONCLUSIVE, spent, sentence);
            case REJECT -> check("test-set-reuse", Severity.BLOCK, Verdict.FAIL, spent, sentence);
        };
    }

    /** Warns of figures that the publisher's own predictions do not bear out; the computed ones count. */
    private static List<Check> claims(GateCase in) {
        List<Check> checks = new ArrayList<>();
        Measuring measuring = new Measuring(in);
        for (GateCase.Variant variant : in.candidate().variants()) {
            Optional<Report> report =
                    Optional.ofNullable(in.candidate().exhibit().reports().get(variant.name()));
            boolean computed =
                    measuring.examples(variant.name(), Examples.Side.CANDIDATE).isPresent();
            if (report.isPresent() && computed) {
                for (var claim : new TreeMap<>(report.get().overall()).entrySet()) {
                    claim(measuring, variant, claim).ifPresent(checks::add);
                }
            }
        }
        return checks;
    }

    private static Optional<Check> claim(
            Measuring measuring, GateCase.Variant variant, Map.Entry<String, Reading> claim) {
        if (Metric.named(claim.getKey()).isEmpty() || !(claim.getValue() instanceof Reading.Value claimed)) {
            return Optional.empty();
        }
        Quantity found = measuring.value(variant, Examples.Side.CANDIDATE, claim.getKey(), Place.EVERYWHERE);
        if (!(found instanceof Quantity.Known known)
                || known.value().subtract(claimed.value()).abs().compareTo(ROUNDING) <= 0) {
            return Optional.empty();
        }
        return Optional.of(check(
                "claims",
                Severity.WARN,
                Verdict.FAIL,
                Optional.of("CLAIM_DIFFERS"),
                "The evidence claims " + claim.getKey() + " " + Decimals.show(claimed.value())
                        + "; its own predictions give " + Decimals.show(known.value()) + ", which counts."));
    }

    private static Check check(String rule, Severity severity, Verdict verdict, Optional<String> code, String message) {
        return new Check(
                rule,
                severity,
                rule,
                "",
                Optional.empty(),
                Optional.empty(),
                verdict,
                code,
                Check.Numbers.NONE,
                message);
    }
}
