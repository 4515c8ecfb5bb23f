package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.policy.Criterion.Method;
import io.hallmark.core.gate.statistics.Estimate;
import io.hallmark.core.gate.statistics.McNemar;
import io.hallmark.core.gate.statistics.Measured;
import io.hallmark.core.gate.statistics.Metric;
import io.hallmark.core.gate.statistics.ScoreMetric;
import io.hallmark.core.gate.statistics.Scored;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/** Candidate against another version on the same examples. */
final class Differences {

    private static final BigDecimal TINY = new BigDecimal("1e-12");

    private final GateCase gateCase;
    private final Measuring measuring;

    Differences(GateCase gateCase, Measuring measuring) {
        this.gateCase = gateCase;
        this.measuring = measuring;
    }

    /**
     * What is to be compared.
     *
     * @param side the other version
     * @param lowerIsBetter turns the difference round, so that more is better
     * @param rule the rule that asks; chance drawn for it is its own
     */
    record Ask(
            GateCase.Variant variant,
            Side side,
            String metric,
            Place place,
            boolean lowerIsBetter,
            Method method,
            boolean relative,
            String rule) {}

    /** Both values and the difference; each of them may be unknown. */
    record Compared(Quantity candidate, Quantity other, Quantity difference) {}

    Compared compare(Ask ask) {
        Quantity mine = measuring.value(ask.variant(), Side.CANDIDATE, ask.metric(), ask.place());
        Quantity theirs = measuring.value(ask.variant(), ask.side(), ask.metric(), ask.place());
        return new Compared(mine, theirs, difference(ask, mine, theirs));
    }

    private Quantity difference(Ask ask, Quantity mine, Quantity theirs) {
        if (mine instanceof Quantity.Unknown) {
            return mine;
        }
        String variant = ask.variant().name();
        Optional<Quantity.Unknown> refused = measuring.admission().refusal(variant, ask.side());
        Optional<Quantity.Unknown> apart =
                refused.isPresent() ? refused : measuring.admission().incomparable(variant, ask.side());
        if (apart.isPresent()) {
            return apart.get();
        }
        if (theirs instanceof Quantity.Unknown) {
            return theirs;
        }
        Optional<Quantity.Unknown> machines =
                measuring.otherMachine(mine, variant, Side.CANDIDATE, variant, ask.side());
        if (machines.isPresent()) {
            return machines.get();
        }
        return relative(ask, oriented(ask, (Quantity.Known) mine, (Quantity.Known) theirs), (Quantity.Known) theirs);
    }

    private Quantity.Known oriented(Ask ask, Quantity.Known mine, Quantity.Known theirs) {
        BigDecimal difference = mine.value().subtract(theirs.value());
        BigDecimal oriented = ask.lowerIsBetter() ? difference.negate() : difference;
        boolean paired = mine.basis() == Quantity.Basis.PREDICTIONS && theirs.basis() == Quantity.Basis.PREDICTIONS;
        Optional<Estimate> error = paired ? paired(ask) : independent(oriented, mine, theirs);
        return new Quantity.Known(oriented, error, false, mine.n(), mine.basis());
    }

    private Optional<Estimate> paired(Ask ask) {
        Metric metric = Metric.named(ask.metric()).orElseThrow();
        Examples examples = measuring.examples(ask.variant().name(), ask.side()).orElseThrow();
        Scored mine = Measuring.scored(examples, Side.CANDIDATE, ask.place());
        Scored theirs = Measuring.scored(examples, ask.side(), ask.place());
        Measured first = metric.measure(mine, measuring.threshold(Side.CANDIDATE));
        Measured second = metric.measure(theirs, measuring.threshold(ask.side()));
        boolean resampled = ask.method() == Method.BOOTSTRAP || first instanceof Measured.Point;
        if (resampled && metric instanceof ScoreMetric plain) {
            return Optional.of(new Resampling(gateCase, measuring).difference(ask, plain, mine, theirs));
        }
        OptionalDouble at = measuring.threshold(Side.CANDIDATE);
        // McNemar's counts are of single examples: they know no weights, and nothing of examples that belong together.
        boolean single = !mine.isWeighted() && !mine.isClustered();
        if (ask.method() == Method.MCNEMAR && single && at.equals(measuring.threshold(ask.side()))) {
            return Optional.of(McNemar.of(mine, theirs, at.orElseThrow()).difference());
        }
        Measured difference = ask.lowerIsBetter() ? second.minus(first) : first.minus(second);
        return Measuring.estimate(difference, mine);
    }

    /** Without a covariance the two are taken as independent, which errs towards not deciding. */
    private static Optional<Estimate> independent(BigDecimal difference, Quantity.Known mine, Quantity.Known theirs) {
        Optional<BigDecimal> first = mine.standardError();
        Optional<BigDecimal> second = theirs.standardError();
        if (first.isEmpty() || second.isEmpty()) {
            return Optional.empty();
        }
        double a = first.get().doubleValue();
        double b = second.get().doubleValue();
        return Optional.of(new Estimate.Normal(difference.doubleValue(), StrictMath.sqrt(a * a + b * b)));
    }

    /** The difference as a share of what it is compared with. */
    private static Quantity relative(Ask ask, Quantity.Known difference, Quantity.Known theirs) {
        if (!ask.relative()) {
            return difference;
        }
        BigDecimal size = theirs.value().abs();
        if (size.compareTo(TINY) < 0) {
            return new Quantity.Unknown(
                    Verdict.ERROR,
                    "BASELINE_ZERO",
                    "a share of " + Decimals.show(theirs.value()) + " means nothing; use an absolute change");
        }
        Optional<Estimate> error = difference
                .standardError()
                .map(se -> new Estimate.Normal(
                        difference.value().divide(size, Decimals.DIGITS).doubleValue(),
                        se.divide(size, Decimals.DIGITS).doubleValue()));
        return new Quantity.Known(
                difference.value().divide(size, Decimals.DIGITS), error, false, difference.n(), difference.basis());
    }
}
