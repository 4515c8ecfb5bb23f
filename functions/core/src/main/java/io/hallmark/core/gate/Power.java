package io.hallmark.core.gate;

import io.hallmark.core.gate.policy.Criterion;
import io.hallmark.core.gate.statistics.SampleSize;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The chance that a check passes on as many examples if the truth is as the rule hopes: a gain of the minimum for
 * {@code significant}, of twice the minimum for {@code assured}, no difference for {@code nonInferior} and
 * {@code equivalent}.
 */
final class Power {

    private Power() {}

    static Optional<BigDecimal> of(Criterion.Change rule, Quantity.Known difference, BigDecimal confidence) {
        Optional<BigDecimal> distance = switch (rule.mode()) {
            case POINT -> Optional.empty();
            case SIGNIFICANT, ASSURED -> rule.min().filter(min -> min.signum() > 0);
            case NON_INFERIOR, EQUIVALENT -> rule.tolerance();
        };
        return distance.flatMap(far -> chance(difference, far, confidence))
                .map(chance -> rule.mode() == Criterion.Mode.EQUIVALENT ? both(chance) : chance);
    }

    static Optional<BigDecimal> of(Criterion.Distance rule, Quantity.Known distance, BigDecimal confidence) {
        return rule.mode() == Criterion.Mode.POINT
                ? Optional.empty()
                : chance(distance, rule.max(), confidence).map(Power::both);
    }

    private static Optional<BigDecimal> chance(Quantity.Known quantity, BigDecimal distance, BigDecimal confidence) {
        return quantity.standardError()
                .filter(error -> error.signum() > 0)
                .flatMap(error -> Decimals.finite(
                        SampleSize.power(error.doubleValue(), distance.doubleValue(), confidence.doubleValue())));
    }

    private static BigDecimal both(BigDecimal one) {
        return one.add(one).subtract(BigDecimal.ONE).max(BigDecimal.ZERO);
    }
}
