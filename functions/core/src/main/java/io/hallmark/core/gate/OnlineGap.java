package io.hallmark.core.gate;

import io.hallmark.core.gate.statistics.Estimate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What a metric loses, or gains, on the way from the evaluation set to production. */
final class OnlineGap {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private OnlineGap() {}

    /** The median of online minus offline; empty if no version was seen online. */
    static Optional<BigDecimal> median(List<BigDecimal> gaps) {
        if (gaps.isEmpty()) {
            return Optional.empty();
        }
        List<BigDecimal> sorted = gaps.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return Optional.of(
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : sorted.get(middle - 1).add(sorted.get(middle)).divide(TWO));
    }

    /** The quantity plus a constant, as uncertain as before. */
    static Quantity.Known shift(Quantity.Known value, BigDecimal by) {
        return new Quantity.Known(
                value.value().add(by),
                value.error().map(error -> new Estimate.Shifted(error, by.doubleValue())),
                value.exact(),
                value.n(),
                value.basis());
    }
}
