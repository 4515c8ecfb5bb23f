package io.hallmark.core.gate;

import io.hallmark.core.gate.policy.Criterion;
import io.hallmark.core.gate.policy.Rule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The criteria, as decisions about known quantities. All comparisons are of exact decimals. Source: the modes of change are
 * those of TFX RFC 200 (confidence-interval thresholds), superiority, non-inferiority and equivalence tests (TOST: Schuirmann
 * 1987).
 */
final class Judgement {

    private Judgement() {}

    /** Judges a difference that is oriented so that more is better. */
    static Finding change(Criterion.Change rule, Quantity.Known difference, BigDecimal confidence) {
        if (rule.mode() == Criterion.Mode.POINT) {
            return point(rule, difference.value());
        }
        Optional<BigDecimal> lower = difference.lower(confidence);
        Optional<BigDecimal> upper = difference.upper(confidence);
        if (lower.isEmpty() || upper.isEmpty()) {
            return unquantified(rule.mode().text());
        }
        if (difference.withoutVariance()) {
            return Finding.inconclusive(
                    "ZERO_VARIANCE", "the examples show no variation between the two, so nothing can be tested");
        }
        return switch (rule.mode()) {
            case POINT -> point(rule, difference.value());
            case SIGNIFICANT ->
                significant(
                        rule,
                        difference.value(),
                        lower.get(),
                        upper.get(),
                        rule.min().orElseThrow());
            case ASSURED -> assured(lower.get(), upper.get(), rule.min().orElseThrow());
            case NON_INFERIOR ->
                nonInferior(lower.get(), upper.get(), rule.tolerance().orElseThrow());
            case EQUIVALENT ->
                equivalent(lower.get(), upper.get(), rule.tolerance().orElseThrow());
        };
    }

    private static Finding point(Criterion.Change rule, BigDecimal difference) {
        if (rule.min().filter(min -> difference.compareTo(min) < 0).isPresent()) {
            return Finding.fail("that is less than " + show(rule.min().get()));
        }
        if (rule.max().filter(max -> difference.compareTo(max) > 0).isPresent()) {
            return Finding.fail(
                    "SUSPICIOUS",
                    "that is suspiciously much, more than " + show(rule.max().get()));
        }
        return Finding.pass(rule.min().isPresent() ? "enough" : "not suspiciously much");
    }

    private static Finding significant(
            Criterion.Change rule, BigDecimal difference, BigDecimal lower, BigDecimal upper, BigDecimal min) {
        boolean enough = difference.compareTo(min) >= 0;
        if (enough && lower.signum() > 0) {
            return Finding.pass("enough, and more than chance");
        }
        if (upper.compareTo(min) < 0) {
            return Finding.fail("a gain of " + show(min) + " is ruled out");
        }
        boolean narrow = rule.maxSpread()
                .filter(spread -> upper.subtract(lower).compareTo(spread) <= 0)
                .isPresent();
        if (!enough && narrow) {
            return Finding.fail("that is less than " + show(min) + ", and the interval is narrow enough to say so");
        }
        return Finding.inconclusive(
                "NOT_SHOWN",
                enough ? "enough, but chance alone could do it" : "less than asked, but a gain is not ruled out");
    }

    private static Finding assured(BigDecimal lower, BigDecimal upper, BigDecimal min) {
        if (lower.compareTo(min) >= 0) {
            return Finding.pass("a gain of at least " + show(min) + " is shown");
        }
        return upper.compareTo(min) < 0
                ? Finding.fail("a gain of " + show(min) + " is ruled out")
                : Finding.inconclusive("NOT_SHOWN", "a gain of " + show(min) + " is neither shown nor ruled out");
    }

    private static Finding nonInferior(BigDecimal lower, BigDecimal upper, BigDecimal tolerance) {
        BigDecimal worst = tolerance.negate();
        if (lower.compareTo(worst) >= 0) {
            return Finding.pass("a loss of more than " + show(tolerance) + " is ruled out");
        }
        return upper.compareTo(worst) < 0
                ? Finding.fail("a loss of more than " + show(tolerance) + " is shown")
                : Finding.inconclusive("NOT_SHOWN", "a loss of more than " + show(tolerance) + " is not ruled out");
    }

    private static Finding equivalent(BigDecimal lower, BigDecimal upper, BigDecimal margin) {
        BigDecimal least = margin.negate();
        if (lower.compareTo(least) >= 0 && upper.compareTo(margin) <= 0) {
            return Finding.pass("within " + show(margin));
        }
        boolean outside = lower.compareTo(margin) > 0 || upper.compareTo(least) < 0;
        return outside
                ? Finding.fail("more than " + show(margin) + " apart")
                : Finding.inconclusive("NOT_SHOWN", "the interval reaches beyond " + show(margin));
    }

    /** Judges how far a quantity is from where it should be. */
    static Finding distance(Criterion.Distance rule, Quantity.Known distance, BigDecimal confidence) {
        if (rule.mode() == Criterion.Mode.POINT) {
            return distance.value().abs().compareTo(rule.max()) <= 0
                    ? Finding.pass("within " + show(rule.max()))
                    : Finding.fail("more than " + show(rule.max()) + " apart");
        }
        Optional<BigDecimal> lower = distance.lower(confidence);
        Optional<BigDecimal> upper = distance.upper(confidence);
        if (lower.isEmpty() || upper.isEmpty()) {
            return unquantified(rule.mode().text());
        }
        if (distance.withoutVariance()) {
            return Finding.inconclusive(
                    "ZERO_VARIANCE", "the examples show no variation between the two, so nothing can be tested");
        }
        return equivalent(lower.get(), upper.get(), rule.max());
    }

    /** Judges a value between bounds. */
    static Finding bounds(Criterion.Bounds rule, Quantity.Known value, BigDecimal confidence) {
        Optional<Finding> point = beyond(rule, value.value());
        if (rule.side() == Criterion.Side.POINT) {
            return point.orElseGet(() -> Finding.pass("the rule holds"));
        }
        Optional<BigDecimal> judged =
                rule.side() == Criterion.Side.UPPER ? value.upper(confidence) : value.lower(confidence);
        if (judged.isEmpty()) {
            return unquantified("a confidence bound");
        }
        if (point.isPresent()) {
            return point.get();
        }
        return beyond(rule, judged.get())
                .map(found -> Finding.inconclusive(
                        "NOT_SHOWN",
                        "the value holds, but its " + rule.side().text() + " bound " + show(judged.get())
                                + " does not"))
                .orElseGet(() -> Finding.pass(
                        "the rule holds, also for its " + rule.side().text() + " bound " + show(judged.get())));
    }

    /**
     * Judges the gap between groups.
     *
     * @param tooSmall groups that are too small to decide anything, as words
     */
    static Finding gap(Criterion.Bounds rule, Quantity.Known gap, List<String> tooSmall, BigDecimal confidence) {
        Optional<Finding> shown = rule.threeZone() ? shownBeyond(rule, gap, confidence) : beyond(rule, gap.value());
        if (shown.isPresent()) {
            return shown.get();
        }
        if (!tooSmall.isEmpty()) {
            return Finding.inconclusive("GROUP_TOO_SMALL", "too small to decide: " + String.join(", ", tooSmall));
        }
        return beyond(rule, gap.value())
                .map(found -> Finding.inconclusive("NOT_SHOWN", found.reason() + ", but chance alone could do it"))
                .orElseGet(() -> Finding.pass("the rule holds"));
    }

    private static Optional<Finding> shownBeyond(Criterion.Bounds rule, Quantity.Known gap, BigDecimal confidence) {
        Optional<Finding> low =
                gap.upper(confidence).flatMap(upper -> rule.min().flatMap(min -> under(min, upper)));
        return low.isPresent()
                ? low
                : gap.lower(confidence).flatMap(lower -> rule.max().flatMap(max -> over(max, lower)));
    }

    private static Optional<Finding> beyond(Criterion.Bounds rule, BigDecimal value) {
        Optional<Finding> low = rule.min().flatMap(min -> under(min, value));
        return low.isPresent() ? low : rule.max().flatMap(max -> over(max, value));
    }

    private static Optional<Finding> under(Rule.Limit min, BigDecimal value) {
        int order = value.compareTo(min.value());
        boolean holds = min.inclusive() ? order >= 0 : order > 0;
        return holds
                ? Optional.empty()
                : Optional.of(Finding.fail(
                        show(value) + (min.inclusive() ? " is below " : " is not above ") + show(min.value())));
    }

    private static Optional<Finding> over(Rule.Limit max, BigDecimal value) {
        int order = value.compareTo(max.value());
        boolean holds = max.inclusive() ? order <= 0 : order < 0;
        return holds
                ? Optional.empty()
                : Optional.of(Finding.fail(
                        show(value) + (max.inclusive() ? " is above " : " is not below ") + show(max.value())));
    }

    /** Judges a loss against the variant that a variant was derived from. */
    static Finding drop(Criterion.MaxDrop rule, BigDecimal drop) {
        return drop.compareTo(rule.max()) <= 0
                ? Finding.pass("within " + show(rule.max()))
                : Finding.fail("more than " + show(rule.max()) + " is lost");
    }

    private static Finding unquantified(String what) {
        return Finding.inconclusive(
                "UNQUANTIFIED", "nobody said how uncertain the numbers are, and " + what + " needs to know");
    }

    private static String show(BigDecimal value) {
        return Decimals.show(value);
    }
}
