package io.hallmark.core.gate.statistics;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The upper confidence bound of a quantile by an order statistic, whatever the distribution of the independent values.
 * Source: David and Nagaraja, Order Statistics, 3rd ed. (2003), section 7.1.
 *
 * @param quantile such as 0.99, in (0, 1)
 * @param confidence such as 0.95, in (0, 1)
 */
public record OrderStatistic(double quantile, double confidence) {

    public OrderStatistic {
        if (!(quantile > 0 && quantile < 1 && confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("quantile and confidence are in (0, 1)");
        }
    }

    /** The fewest values that have a bound. */
    public int minimum() {
        int n = (int) Math.ceil(StrictMath.log(1 - confidence) / StrictMath.log(quantile));
        int fewest = Math.max(1, n - 1);
        while (rank(fewest).isEmpty()) {
            fewest++;
        }
        return fewest;
    }

    /** The rank, from 1, of the smallest of {@code n} sorted values that is an upper bound; empty for too few. */
    public OptionalInt rank(int n) {
        if (n < 1) {
            return OptionalInt.empty();
        }
        BinomialDistribution below = BinomialDistribution.of(n, quantile);
        int rank = below.inverseCumulativeProbability(confidence) + 1;
        return rank <= n ? OptionalInt.of(rank) : OptionalInt.empty();
    }

    /**
     * The upper edge of the bucket that holds that rank, where bucket {@code i} is {@code 1 + floor(ln(v / min) / ln
     * gamma)}, and 0 for {@code v <= min}: an upper bound still. In the unit of {@code min}; empty for too few values.
     *
     * @throws ArithmeticException for 2^31 values or more
     */
    public OptionalDouble upperEdge(SortedMap<Integer, Long> counts, double gamma, double min) {
        int n = Math.toIntExact(
                counts.values().stream().mapToLong(Long::longValue).sum());
        OptionalInt rank = rank(n);
        if (rank.isEmpty()) {
            return OptionalDouble.empty();
        }
        long seen = 0;
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= rank.getAsInt()) {
                return OptionalDouble.of(min * StrictMath.pow(gamma, entry.getKey()));
            }
        }
        return OptionalDouble.empty();
    }
}
