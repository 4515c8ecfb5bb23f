package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrderStatisticTest {

    private static final OrderStatistic P99 = new OrderStatistic(0.99, 0.95);

    @Test
    void the_rank_of_the_upper_bound_of_p99() {
        assertThat(P99.rank(1_000)).hasValue(996);
        assertThat(P99.rank(5_000)).hasValue(4_962);
        assertThat(P99.rank(20_000)).hasValue(19_824);
    }

    @Test
    void the_fewest_values_that_have_a_bound() {
        assertThat(P99.minimum()).isEqualTo(299);
        assertThat(P99.rank(299)).hasValue(299);
        assertThat(P99.rank(298)).isEmpty();
        assertThat(P99.rank(0)).isEmpty();
        assertThat(new OrderStatistic(0.99, 0.99).minimum()).isEqualTo(459);
        assertThat(new OrderStatistic(0.999, 0.95).minimum()).isEqualTo(2_995);
        assertThat(new OrderStatistic(0.5, 0.95).minimum()).isEqualTo(5);
        assertThat(new OrderStatistic(0.5, 0.5).minimum()).isEqualTo(1);
    }

    @Test
    void the_edge_of_the_bucket_is_above_the_order_statistic_by_no_more_than_a_bucket() {
        long seed = 17;
        Random random = new Random(seed);
        double[] values = new double[5_000];
        SortedMap<Integer, Long> counts = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(random.nextGaussian());
            int bucket = values[i] <= 0.001 ? 0 : 1 + (int) Math.floor(Math.log(values[i] / 0.001) / Math.log(1.02));
            counts.merge(bucket, 1L, Math::addExact);
        }
        Arrays.sort(values);
        double edge = P99.upperEdge(counts, 1.02, 0.001).orElseThrow();
        assertThat(edge).as("seed " + seed).isBetween(values[4_961], values[4_961] * 1.02);
    }

    @Test
    void the_lowest_bucket_ends_at_the_minimum() {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        counts.put(0, 299L);
        assertThat(P99.upperEdge(counts, 1.02, 0.001)).hasValue(0.001);
        counts.put(3, 1L);
        assertThat(P99.upperEdge(counts, 2, 0.001).orElseThrow()).isCloseTo(0.008, within(1e-15));
        counts.put(0, 297L);
        assertThat(P99.upperEdge(counts, 2, 0.001)).isEmpty();
    }

    @Test
    void shares_are_within_0_and_1() {
        assertThatThrownBy(() -> new OrderStatistic(1, 0.95)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrderStatistic(0.99, 95)).isInstanceOf(IllegalArgumentException.class);
    }
}
