package io.hallmark.core.gate;

import io.hallmark.core.gate.policy.Criterion;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.Rule;
import io.hallmark.core.gate.statistics.OrderStatistic;
import io.hallmark.core.gate.statistics.SampleSize;
import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How many examples each rule of a policy needs before it can be expected to decide. From the errors that were observed
 * where there is evidence, from a model of the scores where there is none.
 */
public final class Plan {

    private static final double POWER = 0.8;
    private static final double ROOT_POWER = 0.9;
    private static final String AUC = "roc_auc";

    private final GatePolicy policy;
    private final Assumed assumed;
    private final double confidence;

    private Plan(GatePolicy policy, Assumed assumed) {
        this.policy = policy;
        this.assumed = assumed;
        this.confidence = policy.statistics().confidence().doubleValue();
    }

    /**
     * What is taken for granted where nothing was observed.
     *
     * @param auc of the baseline, under binormal scores
     * @param prevalence share of positive examples
     * @param correlation of the two models' scores within a class
     * @param share such as a precision
     */
    public record Assumed(double auc, double prevalence, double correlation, double share) {

        public static final Assumed TYPICAL = new Assumed(0.85, 0.1, 0.9, 0.9);

        public Assumed {
            within("auc", auc, 0.5);
            within("prevalence", prevalence, 0);
            within("correlation", correlation, -1);
            within("share", share, 0);
        }

        private static void within(String name, double value, double least) {
            if (!(value > least && value < 1)) {
                throw new IllegalArgumentException(name + " is above " + least + " and below 1, not " + value);
            }
        }
    }

    /**
     * What one rule needs, in one place.
     *
     * @param needed examples; empty if the rule needs no particular number, or nothing is known of its metric
     * @param available examples that the evidence has
     * @param of what is counted
     * @param observed whether the number rests on observed errors
     */
    public record Need(
            String rule,
            Optional<String> where,
            String of,
            Optional<Long> needed,
            Optional<Long> available,
            boolean observed,
            String sentence) {

        /** Whether the evidence is too small for the rule to be expected to decide. */
        public boolean undecidable() {
            return needed.isPresent()
                    && available.filter(has -> has < needed.get()).isPresent();
        }

        public Json.Obj json() {
            return Json.object()
                    .with("rule", rule)
                    .withOptional("where", where.map(Json::of))
                    .with("of", of)
                    .withOptional("needed", needed.map(Json::of))
                    .withOptional("available", available.map(Json::of))
                    .with("observed", observed)
                    .with("undecidable", undecidable())
                    .with("sentence", sentence);
        }
    }

    /** What the policy needs when nothing has been observed yet. */
    public static List<Need> of(GatePolicy policy, Assumed assumed) {
        Plan plan = new Plan(policy, assumed);
        return policy.rules().stream().map(plan::assumed).toList();
    }

    /** What the policy needs for this candidate and baseline. */
    public static List<Need> of(GateCase gateCase, Assumed assumed) {
        Plan plan = new Plan(gateCase.policy(), assumed);
        RuleChecks rules = new RuleChecks(gateCase);
        List<Need> needs = new ArrayList<>();
        for (Rule rule : gateCase.policy().rules()) {
            List<Check> checks = rules.of(rule).drafts().stream()
                    .map(RuleChecks.Draft::check)
                    .filter(Check::applies)
                    .toList();
            if (checks.isEmpty()) {
                needs.add(plan.assumed(rule));
            }
            checks.forEach(check -> needs.add(plan.observed(rule, check)));
        }
        return needs;
    }

    private Need assumed(Rule rule) {
        OptionalDouble sigma = model(rule);
        return need(
                rule,
                Optional.empty(),
                atLeast(rule, needed(rule, sigma)),
                policy.evidence().examples(),
                false);
    }

    private Need observed(Rule rule, Check check) {
        Optional<BigDecimal> error = check.numbers().standardError().filter(found -> found.signum() > 0);
        Optional<Long> n = check.numbers().n();
        if (rule.groups().isPresent() || error.isEmpty() || n.isEmpty()) {
            return need(rule, check.where(), atLeast(rule, needed(rule, model(rule))), n, false);
        }
        double sigma = SampleSize.deviation(error.get().doubleValue(), n.get());
        return need(rule, check.where(), atLeast(rule, needed(rule, OptionalDouble.of(sigma))), n, true);
    }

    private OptionalDouble model(Rule rule) {
        if (rule.groups().isPresent()) {
            return OptionalDouble.of(SampleSize.shareDifference(assumed.share()));
        }
        if (rule.metric().equals(AUC) && rule.criterion() instanceof Criterion.Change change) {
            double gain = change.min()
                    .map(BigDecimal::doubleValue)
                    .filter(min -> min > 0)
                    .orElse(0.0);
            double reachable = Math.min(gain, (1 - assumed.auc()) / 2);
            return OptionalDouble.of(
                    SampleSize.aucDifference(assumed.auc(), reachable, assumed.prevalence(), assumed.correlation()));
        }
        boolean slope = rule.metric().equals("calibration_slope")
                && rule.criterion() instanceof Criterion.Distance distance
                && distance.reference() == Criterion.Reference.IDEAL;
        return slope
                ? OptionalDouble.of(SampleSize.slope(assumed.auc(), assumed.prevalence()))
                : OptionalDouble.empty();
    }

    private Optional<Long> needed(Rule rule, OptionalDouble sigma) {
        return rule.criterion().match(new Criterion.Cases<>() {
            @Override
            public Optional<Long> bounds(Criterion.Bounds test) {
                if (rule.groups().isPresent()) {
                    return test.max()
                            .filter(max -> max.value().signum() > 0)
                            .map(max -> SampleSize.forHalfWidth(
                                    sigma.orElseThrow(), max.value().doubleValue(), confidence));
                }
                return LatencyQuantile.quantile(rule.metric())
                        .map(quantile -> Math.max(
                                new OrderStatistic(quantile, confidence).minimum(),
                                rule.minSamples().orElse(0L)));
            }

            @Override
            public Optional<Long> change(Criterion.Change test) {
                return sigma.isEmpty() ? Optional.empty() : forChange(test, sigma.getAsDouble());
            }

            @Override
            public Optional<Long> distance(Criterion.Distance test) {
                boolean shown =
                        test.mode() != Criterion.Mode.POINT && test.max().signum() > 0;
                return shown && sigma.isPresent()
                        ? Optional.of(SampleSize.toClear(
                                sigma.getAsDouble(), test.max().doubleValue(), confidence, ROOT_POWER))
                        : Optional.empty();
            }

            @Override
            public Optional<Long> alarm(Criterion.Alarm test) {
                return sigma.isPresent() && test.tolerance().signum() > 0
                        ? Optional.of(SampleSize.toClear(
                                sigma.getAsDouble(), test.tolerance().doubleValue(), confidence, POWER))
                        : Optional.empty();
            }

            @Override
            public Optional<Long> maxDrop(Criterion.MaxDrop test) {
                return Optional.empty();
            }
        });
    }

    /** A slice needs the minimum size that the rule names, whatever its error. */
    private static Optional<Long> atLeast(Rule rule, Optional<Long> needed) {
        Optional<Long> least = rule.slices().map(Rule.Slices::minSize).filter(size -> size > 1);
        return least.isPresent() && needed.filter(count -> count >= least.get()).isEmpty() ? least : needed;
    }

    private Optional<Long> forChange(Criterion.Change test, double sigma) {
        Optional<Double> min = test.min().map(BigDecimal::doubleValue).filter(asked -> asked > 0);
        Optional<Double> tolerance =
                test.tolerance().map(BigDecimal::doubleValue).filter(asked -> asked > 0);
        return switch (test.mode()) {
            case POINT -> Optional.empty();
            case SIGNIFICANT ->
                min.map(gain -> Math.max(
                        SampleSize.toClear(sigma, 2 * gain, confidence, POWER),
                        SampleSize.toClear(sigma, gain, 0.5, POWER)));
            case ASSURED -> min.map(gain -> SampleSize.toClear(sigma, gain, confidence, POWER));
            case NON_INFERIOR -> tolerance.map(loss -> SampleSize.toClear(sigma, loss, confidence, POWER));
            case EQUIVALENT -> tolerance.map(margin -> SampleSize.toClear(sigma, margin, confidence, ROOT_POWER));
        };
    }

    private Need need(
            Rule rule, Optional<String> where, Optional<Long> needed, Optional<Long> available, boolean observed) {
        String of = LatencyQuantile.names(rule.metric())
                ? "calls"
                : rule.groups()
                        .map(groups -> Gaps.words(groups.sizeOf()) + " in each group")
                        .orElse("examples");
        String place = where.map(label -> " in " + label).orElse("");
        String basis = observed ? "by the errors observed" : "by a model of the scores";
        String sentence = needed.map(count -> rule.id() + place + " needs " + count + " " + of + ", " + hope(rule)
                        + ", " + basis
                        + available
                                .map(has -> has < count
                                        ? "; there are " + has + ", so expect it to be inconclusive"
                                        : "; there are " + has)
                                .orElse("")
                        + ".")
                .orElseGet(() -> rule.id() + place + " needs no particular number of examples, or none can be told"
                        + " before it is measured.");
        return new Need(rule.id(), where, of, needed, available, observed, sentence);
    }

    /** For which truth the number is enough. */
    private static String hope(Rule rule) {
        if (rule.groups().isPresent()) {
            return "for an interval as wide as the bound";
        }
        if (LatencyQuantile.names(rule.metric())) {
            return "to bound the quantile at all";
        }
        if (rule.slices().filter(slices -> slices.minSize() > 1).isPresent()
                && !(rule.criterion() instanceof Criterion.Change)) {
            return "to pass 4 times in 5 if there is no true difference, and never below its minSize";
        }
        if (rule.criterion() instanceof Criterion.Change change && change.min().isPresent()) {
            return "to pass 4 times in 5 if the true gain is twice the minimum";
        }
        if (rule.criterion() instanceof Criterion.Alarm) {
            return "to find a loss of twice the tolerance 4 times in 5";
        }
        return "to pass 4 times in 5 if there is no true difference";
    }
}
