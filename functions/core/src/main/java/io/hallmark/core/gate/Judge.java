package io.hallmark.core.gate;

import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.GatePolicy.Consequence;
import io.hallmark.core.gate.policy.GatePolicy.OnMissingBaseline;
import io.hallmark.core.gate.policy.Rule;
import io.hallmark.core.gate.statistics.Holm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides a case. Pure: the same case gives the same decision, to the byte. */
public final class Judge {

    private static final int REASONS_MAX = 5;

    private final GateCase gateCase;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, String> notEvaluated = new TreeMap<>();
    private final Map<String, Set<String>> slices = new TreeMap<>();
    private final Set<String> unexpected = new TreeSet<>();

    private Judge(GateCase gateCase) {
        this.gateCase = gateCase;
    }

    public static Decision decide(GateCase gateCase) {
        return new Judge(gateCase).decision();
    }

    private Decision decision() {
        RuleChecks rules = new RuleChecks(gateCase);
        List<Check> asked = new ArrayList<>();
        for (Rule rule : gateCase.policy().rules()) {
            RuleChecks.Outcome outcome = rules.of(rule);
            outcome.notEvaluated().ifPresent(reason -> notEvaluated.put(rule.id(), reason));
            if (!outcome.slices().isEmpty()) {
                slices.put(rule.id(), outcome.slices());
            }
            unexpected.addAll(outcome.unexpected());
            asked.addAll(family(outcome.drafts()));
        }
        checks.addAll(HouseChecks.of(gateCase));
        checks.addAll(asked);
        boolean shown = asked.stream().anyMatch(Check::blocks);
        DecisionVerdict verdict = verdict(shown);
        return DecisionRecord.of(
                gateCase, new DecisionRecord.Found(verdict, reason(verdict), checks, notEvaluated, slices, unexpected));
    }

    /**
     * Corrects the alarms of one rule for their number, and decides them. Other rules do not count: a policy with one more
     * rule is never laxer.
     */
    private List<Check> family(List<RuleChecks.Draft> drafts) {
        List<RuleChecks.Draft> alarms =
                drafts.stream().filter(draft -> draft.alarm().isPresent()).toList();
        double[] raw = alarms.stream()
                .mapToDouble(draft -> draft.alarm().orElseThrow())
                .toArray();
        boolean holm = gateCase.policy().statistics().holm();
        double[] corrected = holm ? Holm.adjusted(raw) : raw;
        BigDecimal level =
                BigDecimal.ONE.subtract(gateCase.policy().statistics().confidence());
        List<Check> decided = new ArrayList<>();
        int alarm = 0;
        for (RuleChecks.Draft draft : drafts) {
            if (draft.alarm().isEmpty()) {
                decided.add(draft.check());
                continue;
            }
            BigDecimal p = Decimals.of(corrected[alarm++]);
            Finding finding = p.compareTo(level) <= 0
                    ? Finding.fail(
                            "ALARM", "it is shown to be worse than tolerated, p " + Decimals.show(p) + among(alarms))
                    : Finding.pass("it is not shown to be worse than tolerated, p " + Decimals.show(p) + among(alarms));
            decided.add(draft.check().decided(finding, p));
        }
        return decided;
    }

    private String among(List<RuleChecks.Draft> alarms) {
        return gateCase.policy().statistics().holm() && alarms.size() > 1
                ? " corrected for " + alarms.size() + " comparisons"
                : "";
    }

    private DecisionVerdict verdict(boolean shown) {
        GatePolicy policy = gateCase.policy();
        boolean unmet = !notEvaluated.isEmpty() && notEvaluatedBlocks();
        OnMissingBaseline missing = policy.baseline().onMissingBaseline();
        if (any(Verdict.FAIL) || any(Verdict.ERROR) || any(Verdict.INCOMPARABLE)) {
            return DecisionVerdict.REJECTED;
        }
        if (unmet && missing == OnMissingBaseline.REJECT) {
            return DecisionVerdict.REJECTED;
        }
        if (!shown) {
            return DecisionVerdict.NO_DECISION;
        }
        Consequence open = policy.statistics().onInconclusive();
        boolean inconclusive = any(Verdict.INCONCLUSIVE);
        if (inconclusive && open == Consequence.REJECT) {
            return DecisionVerdict.REJECTED;
        }
        boolean review = (inconclusive && open == Consequence.REVIEW) || (unmet && missing == OnMissingBaseline.REVIEW);
        return review ? DecisionVerdict.NEEDS_REVIEW : DecisionVerdict.PASSED;
    }

    private boolean notEvaluatedBlocks() {
        return gateCase.policy().rules().stream()
                .anyMatch(rule -> rule.severity() == Rule.Severity.BLOCK && notEvaluated.containsKey(rule.id()));
    }

    private boolean any(Verdict verdict) {
        return checks.stream().anyMatch(check -> check.blocks() && check.verdict() == verdict);
    }

    private String reason(DecisionVerdict verdict) {
        if (verdict == DecisionVerdict.NO_DECISION) {
            return "no blocking rule of policy " + gateCase.policy().name() + " applied, so nothing was shown";
        }
        List<Check> blocking = checks.stream().filter(Check::blocks).toList();
        Map<String, List<Check>> open = blocking.stream()
                .filter(check -> check.verdict() != Verdict.PASS)
                .sorted(Comparator.comparing(check -> weight(check.verdict())))
                .collect(Collectors.groupingBy(Judge::finding, LinkedHashMap::new, Collectors.toList()));
        List<String> reasons = new ArrayList<>();
        open.forEach((finding, alike) -> reasons.add(finding + ": "
                + alike.get(0).message() + (alike.size() > 1 ? " The same in " + (alike.size() - 1) + " more." : "")));
        if (!notEvaluated.isEmpty()) {
            reasons.add("Not evaluated, as there is no baseline: " + String.join(", ", notEvaluated.keySet()) + ".");
        }
        if (reasons.isEmpty()) {
            return "all " + blocking.size() + " blocking checks pass";
        }
        String more = reasons.size() > REASONS_MAX ? " And " + (reasons.size() - REASONS_MAX) + " more." : "";
        return reasons.stream().limit(REASONS_MAX).collect(Collectors.joining(" ")) + more;
    }

    private static String finding(Check check) {
        return check.rule() + " " + check.verdict()
                + check.code().map(code -> " " + code).orElse("");
    }

    private static int weight(Verdict verdict) {
        return switch (verdict) {
            case FAIL -> 0;
            case ERROR, INCOMPARABLE -> 1;
            case INCONCLUSIVE -> 2;
            case PASS, SKIPPED -> 3;
        };
    }
}
