package io.hallmark.core.gate.policy;

import io.hallmark.core.gate.policy.GatePolicy.OnMissingBaseline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is doubtful about a policy that can be read. Numbers of examples rest on binormal scores with an AUC of 0.85, 10 %
 * positives and a correlation of 0.9 between the models, and say so.
 */
public final class Lint {

    private Lint() {}

    /** How much it matters. */
    public enum Severity {
        /** A rule that cannot do its work. */
        ERROR,
        WARNING,
        INFO
    }

    /**
     * One thing to know.
     *
     * @param pointer into the document
     * @param code stable, in capitals
     * @param sentence with the numbers in it
     */
    public record Finding(Severity severity, String pointer, String code, String sentence) {}

    /** Everything that is doubtful, in the order of the document. */
    public static List<Finding> findings(GatePolicy policy) {
        List<Finding> found = new ArrayList<>();
        settings(policy, found);
        for (int i = 0; i < policy.rules().size(); i++) {
            Rule rule = policy.rules().get(i);
            RuleLint lint = new RuleLint(policy, rule, "/spec/rules/" + i, found);
            lint.applicability();
            rule.criterion().match(lint);
        }
        return List.copyOf(found);
    }

    private static void settings(GatePolicy policy, List<Finding> found) {
        boolean said = policy.document()
                .findObject("spec")
                .flatMap(spec -> spec.findObject("statistics"))
                .filter(statistics -> statistics.has("confidence"))
                .isPresent();
        if (!said) {
            found.add(new Finding(
                    Severity.INFO,
                    "/spec",
                    "NO_CONFIDENCE",
                    "the policy names no confidence; " + percent(SettingsReader.CONFIDENCE.doubleValue())
                            + " one-sided is meant"));
        }
        boolean absolute = policy.rules().stream()
                .filter(rule -> rule.severity() == Rule.Severity.BLOCK)
                .anyMatch(rule -> rule.criterion() instanceof Criterion.Bounds);
        if (policy.baseline().onMissingBaseline() == OnMissingBaseline.ABSOLUTE_ONLY && !absolute) {
            found.add(new Finding(
                    Severity.WARNING,
                    "/spec/baseline/onMissingBaseline",
                    "NO_ABSOLUTE_RULE",
                    "no blocking rule does without a baseline, so a first version gets no decision"));
        }
        fairness(policy, found);
        alarms(policy, found);
    }

    /** Where base rates differ, no model satisfies two definitions of fairness at once. */
    private static void fairness(GatePolicy policy, List<Finding> found) {
        Set<String> metrics = new HashSet<>();
        List<String> ids = new ArrayList<>();
        for (Rule rule : policy.rules()) {
            if (rule.severity() == Rule.Severity.BLOCK && rule.groups().isPresent()) {
                metrics.add(rule.metric().equals("tpr") ? "recall" : rule.metric());
                ids.add(rule.id());
            }
        }
        if (metrics.size() > 1) {
            found.add(new Finding(
                    Severity.WARNING,
                    "/spec/rules",
                    "FAIRNESS_CONFLICT",
                    "the rules " + String.join(", ", ids)
                            + " define fairness differently; where base rates differ no model meets all: let one block and"
                            + " the others warn"));
        }
    }

    private static void alarms(GatePolicy policy, List<Finding> found) {
        long checks = policy.rules().stream()
                .filter(rule -> rule.criterion() instanceof Criterion.Alarm)
                .mapToLong(rule -> rule.slices().map(Lint::atLeast).orElse(1L))
                .sum();
        if (!policy.statistics().holm() && checks > 1) {
            double alarm = 1 - StrictMath.pow(policy.statistics().confidence().doubleValue(), (double) checks);
            found.add(new Finding(
                    Severity.WARNING,
                    "/spec/statistics/alarms",
                    "ALARMS_UNCORRECTED",
                    checks + " or more alarms without correction go off by chance " + percent(alarm)
                            + " of the time; correct them by holm"));
        }
    }

    private static long atLeast(Rule.Slices slices) {
        if (slices.choice() instanceof Rule.Slices.Choice.TopK top) {
            return top.k();
        }
        return slices.choice() instanceof Rule.Slices.Choice.Named named
                ? named.slices().size()
                : 2;
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, share > 0 && share < 0.01 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
