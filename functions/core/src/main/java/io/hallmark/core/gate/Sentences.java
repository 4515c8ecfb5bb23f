package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.Criterion;
import io.hallmark.core.gate.policy.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What checks say, in words that need no manual. */
final class Sentences {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Sentences() {}

    /** What a check is about, such as {@code roc_auc in slice_plan=other}. */
    static String subject(String metric, GateCase.Variant variant, Optional<String> where) {
        String of = variant.name().equals(Report.DEFAULT_VARIANT) ? "" : " of variant " + variant.name();
        return metric + of + where.map(label -> " in " + label).orElse("");
    }

    /** Candidate against another version. */
    static String compared(
            String subject,
            Quantity.Known mine,
            Quantity.Known theirs,
            Quantity.Known difference,
            String other,
            BigDecimal confidence) {
        int direction = difference.value().signum();
        String change = direction == 0
                ? "no difference"
                : (direction > 0 ? "better" : "worse") + " by "
                        + Decimals.show(difference.value().abs());
        return subject + " is " + Decimals.show(mine.value()) + " against " + Decimals.show(theirs.value()) + " of the "
                + other + ", " + change + interval(difference, confidence);
    }

    /** How far a value is from where it should be. */
    static String apart(
            String subject,
            Quantity.Known mine,
            BigDecimal ideal,
            String other,
            Quantity.Known distance,
            BigDecimal confidence) {
        return subject + " is " + Decimals.show(mine.value()) + " against " + Decimals.show(ideal) + " of the " + other
                + ", " + Decimals.show(distance.value().abs()) + " apart" + interval(distance, confidence);
    }

    /** A value by itself. */
    static String value(String subject, Quantity.Known value) {
        String unit = value.basis() == Quantity.Basis.LATENCY ? " ms" : "";
        return subject + " is " + Decimals.show(value.value()) + unit;
    }

    /** One-sided bounds in brackets, where they are known. */
    static String interval(Quantity.Known quantity, BigDecimal confidence) {
        if (quantity.exact()) {
            return "";
        }
        Optional<BigDecimal> lower = quantity.lower(confidence);
        Optional<BigDecimal> upper = quantity.upper(confidence);
        if (lower.isEmpty() || upper.isEmpty()) {
            return upper.map(most ->
                            " (at most " + Decimals.show(most) + " with " + percent(confidence) + " confidence)")
                    .orElse(" (uncertainty unknown)");
        }
        return " (between " + Decimals.show(lower.get()) + " and " + Decimals.show(upper.get()) + ", each end with "
                + percent(confidence) + " confidence)";
    }

    static String percent(BigDecimal fraction) {
        return fraction.multiply(HUNDRED).stripTrailingZeros().toPlainString() + " %";
    }

    /** What a rule asks for. */
    static String asked(Rule rule) {
        String unit = unit(rule.unit());
        return rule.criterion().match(new Criterion.Cases<>() {
            @Override
            public String bounds(Criterion.Bounds test) {
                List<String> parts = new ArrayList<>();
                test.min()
                        .ifPresent(min ->
                                parts.add((min.inclusive() ? "at least " : "above ") + plain(min.value()) + unit));
                test.max()
                        .ifPresent(max ->
                                parts.add((max.inclusive() ? "at most " : "below ") + plain(max.value()) + unit));
                String side = test.side() == Criterion.Side.POINT
                        ? ""
                        : ", also for its " + test.side().text() + " confidence bound";
                return String.join(" and ", parts) + side;
            }

            @Override
            public String change(Criterion.Change test) {
                List<String> parts = new ArrayList<>();
                test.min().ifPresent(min -> parts.add("a gain of at least " + plain(min) + unit));
                test.max().ifPresent(max -> parts.add("a gain of at most " + plain(max) + unit));
                test.tolerance().ifPresent(tolerance -> parts.add(lost(test.mode()) + plain(tolerance) + unit));
                String share = test.relative() ? " as a share of what it is compared with" : "";
                String spread = test.maxSpread()
                        .map(most -> ", or failed where the interval is at most " + plain(most) + unit + " wide")
                        .orElse("");
                return String.join(", ", parts) + share + shown(test.mode()) + spread;
            }

            @Override
            public String distance(Criterion.Distance test) {
                return "within " + plain(test.max()) + unit + " of the "
                        + test.reference().text() + shown(test.mode());
            }

            @Override
            public String alarm(Criterion.Alarm test) {
                return "not shown to be worse by more than " + plain(test.tolerance()) + unit;
            }

            @Override
            public String maxDrop(Criterion.MaxDrop test) {
                return "at most " + plain(test.max()) + unit + " worse than the variant it is derived from";
            }
        });
    }

    private static String lost(Criterion.Mode mode) {
        return mode == Criterion.Mode.NON_INFERIOR ? "no loss of more than " : "no difference of more than ";
    }

    /** How sure a mode wants to be. */
    private static String shown(Criterion.Mode mode) {
        return switch (mode) {
            case POINT -> ", as measured";
            case SIGNIFICANT -> ", and shown to be more than chance";
            case ASSURED, NON_INFERIOR, EQUIVALENT -> ", shown with confidence";
        };
    }

    /** Bounds in percent are kept as fractions, which need no unit. */
    private static String unit(Rule.Unit unit) {
        return switch (unit) {
            case FRACTION, PERCENT, NUMBER -> "";
            case MS, BYTES -> " " + unit.text();
        };
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
