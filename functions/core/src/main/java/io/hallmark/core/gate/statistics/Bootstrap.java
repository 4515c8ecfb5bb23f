package io.hallmark.core.gate.statistics;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The bootstrap of a statistic of multiplicities: how often every row was drawn. Rows are drawn one by one or as whole
 * clusters; a paired difference draws the same rows for both models. The result depends on the seed and on the order of
 * the rows, so a replay needs both. Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993).
 *
 * @param resamples such as {@value #DEFAULT_RESAMPLES}
 * @param seed see {@link #seed}
 */
public record Bootstrap(int resamples, long seed) {

    public static final int DEFAULT_RESAMPLES = 2_000;

    private static final int JACKKNIFE_GROUPS = 200;
    private static final double MOST_UNDEFINED = 0.05;

    /** A value for the multiplicities of the rows; NaN where it has none. */
    @FunctionalInterface
    public interface Statistic {
        double of(int[] counts);

        default Statistic minus(Statistic baseline) {
            return counts -> of(counts) - baseline.of(counts);
        }
    }

    public Bootstrap {
        if (resamples < 2) {
            throw new IllegalArgumentException("fewer than two resamples");
        }
    }

    /** The first 8 bytes, big-endian, of the SHA-256 of all digests one after the other. */
    public static long seed(byte[]... digests) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] digest : digests) {
                sha256.update(digest);
            }
            return ByteBuffer.wrap(sha256.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** A metric, by taking multiplicities as weights; AUC ranks the scores once. */
    public static Statistic of(ScoreMetric metric, Scored data, OptionalDouble threshold) {
        if (metric == ScoreMetric.ROC_AUC) {
            return new ResampledAuc(data);
        }
        return counts -> {
            int[] rows = drawn(counts);
            double[] weights = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                weights[i] = counts[rows[i]] * data.weight(rows[i]);
            }
            Measured measured = metric.measure(data.select(rows).weighted(weights), threshold);
            return measured instanceof Measured.Undefined ? Double.NaN : measured.point();
        };
    }

    /** The mean of one value per row, such as the NDCG of a query. */
    public static Statistic mean(double[] values) {
        double[] copy = values.clone();
        return counts -> Sums.of(copy.length, i -> copy[i] * counts[i])
                / Arrays.stream(counts).asLongStream().sum();
    }

    /** Draws rows. */
    public Optional<Estimate> estimate(int rows, Statistic statistic) {
        int[] own = new int[rows];
        Arrays.setAll(own, i -> i);
        return estimate(own, statistic);
    }

    /**
     * Draws clusters. Empty when the statistic has no value on the rows themselves; unquantified for fewer than two
     * clusters, or when it has none on more than 5 % of the resamples, while fewer are left out. The acceleration is from a jackknife over the
     * clusters, in 200 groups of them when there are more.
     *
     * @param clusters the code of every row, from 0
     */
    public Optional<Estimate> estimate(int[] clusters, Statistic statistic) {
        int[] units = dense(clusters);
        int count = Arrays.stream(units).max().orElse(-1) + 1;
        int[] once = new int[units.length];
        Arrays.fill(once, 1);
        double value = units.length == 0 ? Double.NaN : statistic.of(once);
        if (Double.isNaN(value)) {
            return Optional.empty();
        }
        return Optional.of(count < 2 ? new Estimate.Unquantified(value) : estimate(value, units, count, statistic));
    }

    private Estimate estimate(double value, int[] units, int count, Statistic statistic) {
        SplitMix random = new SplitMix(seed);
        double[] replicates = new double[resamples];
        int defined = 0;
        for (int i = 0; i < resamples; i++) {
            int[] drawn = new int[count];
            for (int j = 0; j < count; j++) {
                drawn[random.below(count)]++;
            }
            double replicate = statistic.of(spread(drawn, units));
            if (!Double.isNaN(replicate)) {
                replicates[defined++] = replicate;
            }
        }
        return defined < 2 || resamples - defined > MOST_UNDEFINED * resamples
                ? new Estimate.Unquantified(value)
                : new BootstrapEstimate(
                        value, Arrays.copyOf(replicates, defined), acceleration(units, count, statistic));
    }

    private static double acceleration(int[] units, int count, Statistic statistic) {
        int groups = Math.min(count, JACKKNIFE_GROUPS);
        double[] without = new double[groups];
        for (int group = 0; group < groups; group++) {
            int[] kept = new int[count];
            for (int unit = 0; unit < count; unit++) {
                kept[unit] = unit % groups == group ? 0 : 1;
            }
            without[group] = statistic.of(spread(kept, units));
        }
        double mean = Sums.of(without) / groups;
        double squares = Sums.of(groups, i -> (mean - without[i]) * (mean - without[i]));
        double cubes = Sums.of(groups, i -> (mean - without[i]) * (mean - without[i]) * (mean - without[i]));
        double acceleration = cubes / (6 * squares * StrictMath.sqrt(squares));
        return Double.isFinite(acceleration) ? acceleration : 0;
    }

    private static int[] spread(int[] drawn, int[] units) {
        int[] counts = new int[units.length];
        for (int row = 0; row < counts.length; row++) {
            counts[row] = drawn[units[row]];
        }
        return counts;
    }

    private static int[] drawn(int[] counts) {
        int[] rows = new int[counts.length];
        int size = 0;
        for (int row = 0; row < counts.length; row++) {
            if (counts[row] > 0) {
                rows[size++] = row;
            }
        }
        return Arrays.copyOf(rows, size);
    }

    /** Codes 0 to k - 1 in ascending order of the codes given, without gaps. */
    private static int[] dense(int[] clusters) {
        int[] distinct = Arrays.stream(clusters).sorted().distinct().toArray();
        int[] codes = new int[clusters.length];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = Arrays.binarySearch(distinct, clusters[row]);
        }
        return codes;
    }
}
