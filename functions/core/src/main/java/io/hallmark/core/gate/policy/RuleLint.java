package io.hallmark.core.gate.policy;

import io.hallmark.core.gate.policy.Criterion.Mode;
import io.hallmark.core.gate.policy.Criterion.Reference;
import io.hallmark.core.gate.policy.Criterion.Side;
import io.hallmark.core.gate.policy.Lint.Finding;
import io.hallmark.core.gate.policy.Lint.Severity;
import io.hallmark.core.gate.statistics.OrderStatistic;
import io.hallmark.core.gate.statistics.SampleSize;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What is doubtful about one rule. */
final class RuleLint implements Criterion.Cases<Boolean> {

    private static final double AUC = 0.85;
    private static final double PREVALENCE = 0.1;
    private static final double CORRELATION = 0.9;
    private static final String MODEL = " (AUC 0.85, 10 % positives, correlation 0.9)";

    /** Of a rule that passes by right. */
    private static final double POWER = 0.8;

    /** Where the policy names no number of examples. */
    private static final long EXAMPLES = 2_000;

    private static final double[] SHARES = {0.5, 0.8, 0.9, 0.95};
    private static final Pattern QUANTILE = Pattern.compile("latency_p([0-9]{2})([0-9]*)");

    private final GatePolicy policy;
    private final Rule rule;
    private final String pointer;
    private final List<Finding> found;
    private final double confidence;

    RuleLint(GatePolicy policy, Rule rule, String pointer, List<Finding> found) {
        this.policy = policy;
        this.rule = rule;
        this.pointer = pointer;
        this.found = found;
        this.confidence = policy.statistics().confidence().doubleValue();
    }

    /** Rules that are never evaluated, or never on enough examples. */
    void applicability() {
        List<String> profiles = policy.appliesTo().profiles();
        if (!profiles.isEmpty()
                && rule.profile().filter(one -> !profiles.contains(one)).isPresent()) {
            String one = rule.profile().orElseThrow();
            note(Severity.ERROR, "/profile", "NEVER_APPLIES", "the policy does not apply to the profile " + one);
        }
        long needed = Math.max(
                rule.slices().map(Rule.Slices::minSize).orElse(0L),
                rule.groups().map(Rule.Groups::minSize).orElse(0L));
        long declared = policy.evidence().examples().orElse(Long.MAX_VALUE);
        if (needed > declared) {
            String part = rule.slices().isPresent() ? "/slices/minSize" : "/groups/minSize";
            String sentence = "minSize is " + Lint.count(needed) + ", and the evaluation set has "
                    + Lint.count(declared) + " examples in all";
            note(Severity.ERROR, part, "NEVER_DECIDES", sentence);
        }
    }

    @Override
    public Boolean bounds(Criterion.Bounds test) {
        rule.groups().ifPresent(groups -> test.max().ifPresent(max -> gap(test, groups, max.value())));
        Matcher quantile = QUANTILE.matcher(rule.metric());
        if (quantile.matches()) {
            latency(test, Double.parseDouble("0." + quantile.group(1) + quantile.group(2)));
        }
        return true;
    }

    private void latency(Criterion.Bounds test, double quantile) {
        if (test.side() != Side.UPPER) {
            note(
                    Severity.WARNING,
                    "",
                    "LATENCY_POINT",
                    "decide latencies on bound: upper; an estimate alone is often too low");
            return;
        }
        int minimum = new OrderStatistic(quantile, confidence).minimum();
        if (rule.minSamples().filter(said -> said >= minimum).isEmpty()) {
            String said =
                    rule.minSamples().map(n -> "minSamples is " + Lint.count(n)).orElse("minSamples is not said");
            String sentence = "an upper bound of " + rule.metric() + " with confidence " + Lint.percent(confidence)
                    + " needs " + Lint.count(minimum) + " samples; " + said;
            note(Severity.WARNING, rule.minSamples().isPresent() ? "/minSamples" : "", "TOO_FEW_SAMPLES", sentence);
        }
    }

    private void gap(Criterion.Bounds test, Rule.Groups groups, BigDecimal max) {
        boolean share = KnownMetric.named(rule.metric())
                .filter(known -> known.units().contains(Rule.Unit.FRACTION))
                .isPresent();
        if (!share || max.signum() == 0) {
            return;
        }
        long least = perGroup(SHARES[SHARES.length - 1], max);
        if (groups.minSize() < perGroup(SHARES[0], max)) {
            String numbers = DoubleStream.of(SHARES)
                    .mapToObj(p -> Lint.count(perGroup(p, max)) + " where " + rule.metric() + " is " + p)
                    .collect(Collectors.joining(", "));
            String sentence = "a difference is known to within " + max.toPlainString() + " from this many per group: "
                    + numbers + "; minSize is " + Lint.count(groups.minSize());
            note(groups.minSize() < least ? Severity.WARNING : Severity.INFO, "/groups", "GROUPS_TOO_SMALL", sentence);
        }
        if (!test.threeZone()) {
            double error = SampleSize.errorAt(SampleSize.shareDifference(0.9), groups.minSize());
            double wrong = 2 * SampleSize.power(error, -max.doubleValue(), 0.5);
            String sentence = "without threeZone two equal groups of " + Lint.count(groups.minSize()) + " fail "
                    + Lint.percent(wrong) + " of the time (where " + rule.metric() + " is 0.9)";
            note(Severity.WARNING, "", "GAP_BY_CHANCE", sentence);
        }
    }

    private long perGroup(double share, BigDecimal max) {
        return SampleSize.forHalfWidth(SampleSize.shareDifference(share), max.doubleValue(), confidence);
    }

    @Override
    public Boolean change(Criterion.Change test) {
        Optional<KnownMetric> known = KnownMetric.named(rule.metric());
        if (test.relative()) {
            relative(known);
        }
        if (test.mode() != Mode.POINT
                && known.filter(each -> !each.ofExamples()).isPresent()) {
            String sentence =
                    "differences of " + rule.metric() + " have no uncertainty here; only the mode point decides";
            note(Severity.ERROR, "/change/mode", "UNDECIDABLE", sentence);
        }
        boolean auc = rule.metric().equals("roc_auc") && !test.relative();
        if (test.mode() == Mode.POINT && test.min().isPresent()) {
            pointGain(auc, test.min().get().doubleValue());
        } else if (auc && test.mode() != Mode.POINT) {
            examples(test);
        }
        return true;
    }

    private void relative(Optional<KnownMetric> known) {
        boolean positive = known.filter(each -> !each.ofExamples()).isPresent()
                || List.of("roc_auc", "accuracy").contains(rule.metric());
        if (!positive) {
            String sentence = rule.metric()
                    + " can be 0 or negative, and then there is no relative change: the check is an error";
            note(Severity.WARNING, "/change/relative", "RELATIVE_TO_ZERO", sentence);
        }
    }

    private void pointGain(boolean auc, double min) {
        String sentence = "the mode point takes chance for a gain";
        if (auc) {
            long n = size().orElse(EXAMPLES);
            double sigma = SampleSize.aucDifference(AUC, 0, PREVALENCE, CORRELATION);
            double wrong = SampleSize.power(SampleSize.errorAt(sigma, n), -min, 0.5);
            String often = wrong >= 0.01 ? ", about 1 time in " + Math.round(1 / wrong) : "";
            sentence = "the mode point promotes a useless model " + Lint.percent(wrong) + " of the time" + often
                    + ", at " + Lint.count(n) + " examples" + MODEL + "; use significant";
        }
        note(Severity.WARNING, "/change/mode", "POINT_GAIN", sentence);
    }

    /** How many examples let a good candidate pass: one with twice the minimum, or one that equals the baseline. */
    private void examples(Criterion.Change test) {
        double min = test.min().map(BigDecimal::doubleValue).orElse(0.0);
        double tolerance = test.tolerance().map(BigDecimal::doubleValue).orElse(0.0);
        boolean gain = test.mode() == Mode.SIGNIFICANT || test.mode() == Mode.ASSURED;
        double truth = gain ? 2 * min : 0;
        double distance = switch (test.mode()) {
            case POINT, SIGNIFICANT -> truth;
            case ASSURED -> truth - min;
            case NON_INFERIOR, EQUIVALENT -> tolerance;
        };
        if (!(distance > 0) || AUC + truth >= 1) {
            return;
        }
        double sigma = SampleSize.aucDifference(AUC, truth, PREVALENCE, CORRELATION);
        // Equivalence has two bounds to clear, each of which may fail half as often.
        double each = test.mode() == Mode.EQUIVALENT ? (1 + POWER) / 2 : POWER;
        long needed = SampleSize.toClear(sigma, distance, confidence, each);
        String better = gain
                ? "better by " + BigDecimal.valueOf(truth).stripTrailingZeros().toPlainString()
                : "as good as the baseline";
        String sentence = "a candidate that is " + better + " passes " + Lint.percent(POWER) + " of the time with "
                + Lint.count(needed) + " examples" + MODEL;
        Optional<Long> size = size();
        if (size.isPresent() && size.get() < needed) {
            note(Severity.WARNING, "/change", "UNDECIDABLE", sentence + "; here are " + Lint.count(size.get()));
        } else if (size.isEmpty()) {
            note(Severity.INFO, "/change", "EXAMPLES_NEEDED", sentence);
        }
    }

    @Override
    public Boolean distance(Criterion.Distance test) {
        if (test.reference() == Reference.IDEAL && rule.metric().equals("calibration_slope")) {
            long fewest = SampleSize.forHalfWidth(
                    SampleSize.slope(AUC, 0.5), test.max().doubleValue(), confidence);
            long more = SampleSize.forHalfWidth(
                    SampleSize.slope(AUC, PREVALENCE), test.max().doubleValue(), confidence);
            if (size().filter(n -> n >= fewest).isEmpty()) {
                String sentence = "a slope is known to within " + test.max().toPlainString() + " of 1 from "
                        + Lint.count(fewest) + " examples (half of them positive) to " + Lint.count(more)
                        + " (10 % positive) per slice"
                        + size().map(n -> "; here are " + Lint.count(n)).orElse("")
                        + "; compare with reference: baseline";
                note(Severity.WARNING, "/distance", "UNDECIDABLE", sentence);
            }
        }
        return true;
    }

    @Override
    public Boolean alarm(Criterion.Alarm test) {
        return true;
    }

    @Override
    public Boolean maxDrop(Criterion.MaxDrop test) {
        return true;
    }

    /** The examples that a check has at least, as far as the policy says. */
    private Optional<Long> size() {
        return rule.slices().isPresent()
                ? rule.slices().map(Rule.Slices::minSize).filter(n -> n > 1)
                : policy.evidence().examples();
    }

    private void note(Severity severity, String below, String code, String sentence) {
        found.add(new Finding(severity, pointer + below, code, rule.id() + ": " + sentence));
    }
}
