package io.hallmark.core.gate.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How far a metric differs between groups. The gap is the largest of the signed differences of all ordered pairs, so its
 * lower bound is Bonferroni-corrected for {@code K (K - 1)} of them and its upper bound needs no correction, as
 * {@link Estimate.Largest} says; with two groups the lower bound at 97.5 % of the plain difference is that of the gap at
 * 95 %. All are empty for fewer than two groups.
 */
public final class GroupGap {

    /** The metric of one group; groups share no example. */
    public record Rate(String group, double value, double standardError) {}

    private GroupGap() {}

    /** Largest minus smallest. */
    public static Optional<Estimate> maxMin(List<Rate> rates) {
        return largest(pairs(rates, GroupGap::difference));
    }

    /** Largest distance to one group, corrected for {@code 2 (K - 1)} signed differences; empty without that group. */
    public static Optional<Estimate> maxVsReference(List<Rate> rates, String reference) {
        List<Estimate> pairs = new ArrayList<>();
        for (Rate from : rates) {
            for (Rate to : rates) {
                if (from.group().equals(reference) && !to.group().equals(reference)) {
                    pairs.add(difference(to, from));
                    pairs.add(difference(from, to));
                }
            }
        }
        return largest(pairs);
    }

    /**
     * Smallest over largest (the four-fifths rule asks for 0.8), by the difference of logarithms. Empty when a rate is
     * not above 0, where there is no logarithm.
     */
    public static Optional<Estimate> ratio(List<Rate> rates) {
        if (rates.stream().anyMatch(rate -> !(rate.value() > 0))) {
            return Optional.empty();
        }
        List<Rate> logs = rates.stream()
                .map(rate -> new Rate(rate.group(), StrictMath.log(rate.value()), rate.standardError() / rate.value()))
                .toList();
        return maxMin(logs).map(Estimate.Ratio::new);
    }

    /**
     * Largest minus smallest where examples of one cluster may be in several groups.
     *
     * @param groups the metric of each group, over all rows (see {@link Influence#within})
     * @param estimate with the clusters wanted
     */
    public static Optional<Estimate> maxMin(List<Influence> groups, Function<Influence, Estimate> estimate) {
        return largest(pairs(groups, (high, low) -> estimate.apply(high.minus(low))));
    }

    /**
     * The group with the largest value minus that with the smallest, as found: for the increase of the gap over the
     * baseline's, which is a {@link Influence#minus}. Its estimate takes the two groups as named in advance.
     *
     * @param groups over all rows (see {@link Influence#within})
     */
    public static Optional<Influence> widest(List<Influence> groups) {
        Influence high = null;
        Influence low = null;
        for (Influence group : groups) {
            high = high == null || group.value() > high.value() ? group : high;
            low = low == null || group.value() < low.value() ? group : low;
        }
        return high == null || low == null || groups.size() < 2 ? Optional.empty() : Optional.of(high.minus(low));
    }

    private static <T> List<Estimate> pairs(List<T> groups, BiFunction<T, T, Estimate> difference) {
        List<Estimate> pairs = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            for (int j = 0; j < groups.size(); j++) {
                if (i != j) {
                    pairs.add(difference.apply(groups.get(i), groups.get(j)));
                }
            }
        }
        return pairs;
    }

    private static Estimate difference(Rate high, Rate low) {
        double value = high.value() - low.value();
        double error = StrictMath.sqrt(
                high.standardError() * high.standardError() + low.standardError() * low.standardError());
        return Double.isFinite(error) ? new Estimate.Normal(value, error) : new Estimate.Unquantified(value);
    }

    private static Optional<Estimate> largest(List<Estimate> pairs) {
        return pairs.isEmpty() ? Optional.empty() : Optional.of(new Estimate.Largest(pairs));
    }
}
