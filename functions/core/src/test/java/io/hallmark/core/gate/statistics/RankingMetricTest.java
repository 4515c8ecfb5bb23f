package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingMetricTest {

    private static final double LOG3 = Math.log(3) / Math.log(2);

    private static Measured measure(String field, Scored data) {
        return Metric.named(field).orElseThrow().measure(data, OptionalDouble.empty());
    }

    private static Scored query(boolean[] labels, double... scores) {
        return Scored.of(labels, scores).clustered(new int[labels.length]);
    }

    @Test
    void one_query_by_hand() {
        Scored data = query(new boolean[] {false, true, true, false}, 0.9, 0.8, 0.3, 0.1);
        assertThat(measure("precision_at_1", data).point()).isZero();
        assertThat(measure("precision_at_2", data).point()).isEqualTo(0.5);
        assertThat(measure("ndcg_at_2", data).point()).isCloseTo((1 / LOG3) / (1 + 1 / LOG3), within(1e-15));
        assertThat(measure("ndcg_at_4", data).point()).isCloseTo((1 / LOG3 + 0.5) / (1 + 1 / LOG3), within(1e-15));
    }

    @Test
    void ties_share_their_places() {
        Scored data = query(new boolean[] {true, false, false}, 0.5, 0.5, 0.1);
        assertThat(measure("precision_at_1", data).point()).isEqualTo(0.5);
        assertThat(measure("ndcg_at_2", data).point()).isCloseTo((1 + 1 / LOG3) / 2, within(1e-15));
    }

    @Test
    void a_short_query_is_still_divided_by_k() {
        assertThat(measure("precision_at_5", query(new boolean[] {true}, 0.5)).point())
                .isEqualTo(0.2);
        assertThat(measure("ndcg_at_5", query(new boolean[] {true}, 0.5)).point())
                .isEqualTo(1);
    }

    @Test
    void queries_without_a_relevant_example_count_for_precision_and_not_for_ndcg() {
        Scored data = Scored.of(new boolean[] {true, false, false}, new double[] {0.2, 0.1, 0.3})
                .clustered(new int[] {4, 4, 9});
        assertThat(measure("precision_at_1", data).point()).isEqualTo(0.5);
        assertThat(measure("ndcg_at_1", data).point()).isEqualTo(1);
        assertThat(measure("ndcg_at_1", data.select(new int[] {2})))
                .isEqualTo(new Measured.Undefined("no query has a relevant example"));
    }

    @Test
    void the_error_of_the_mean_is_that_of_t_over_queries() {
        Scored data = Cases.tied(6, 3_000, 500).clustered(Cases.clusters(6, 3_000, 100));
        Scored other = Cases.sibling(data, 7, 500).clustered(data.clusters());
        double[] mine = new double[100];
        double[] base = new double[100];
        for (int query = 0; query < 100; query++) {
            int wanted = query;
            int[] rows = IntStream.range(0, 3_000)
                    .filter(row -> data.clusters()[row] == wanted)
                    .toArray();
            mine[query] = measure("precision_at_5", data.select(rows)).point();
            base[query] = measure("precision_at_5", other.select(rows)).point();
        }
        Influence difference = Cases.influence(measure("precision_at_5", data))
                .minus(Cases.influence(measure("precision_at_5", other)));
        Estimate expected = PairedT.of(mine, base);
        for (Estimate found : new Estimate[] {difference.estimate(), difference.estimate(data.clusters())}) {
            assertThat(found.value()).isCloseTo(expected.value(), within(1e-14));
            assertThat(found.standardError()).isCloseTo(expected.standardError(), within(1e-14));
            assertThat(((Estimate.Student) found).degrees()).isEqualTo(99);
        }
    }

    @Test
    void the_order_of_the_examples_does_not_matter() {
        Scored data = Cases.tied(6, 900, 20).clustered(Cases.clusters(6, 900, 100));
        for (long seed = 0; seed < 4; seed++) {
            Measured moved = measure("ndcg_at_5", data.select(Cases.shuffled(seed, 900)));
            Measured found = measure("ndcg_at_5", data);
            assertThat(moved.point()).as("seed " + seed).isCloseTo(found.point(), within(1e-14));
            assertThat(Cases.influence(moved).estimate().standardError())
                    .isCloseTo(Cases.influence(found).estimate().standardError(), within(1e-14));
        }
    }

    @Test
    void it_needs_queries_and_knows_no_weights() {
        Scored data = Scored.of(new boolean[] {true}, new double[] {0.5});
        assertThat(measure("ndcg_at_3", data))
                .isEqualTo(new Measured.Undefined("ndcg_at_3 needs the query of every example"));
        assertThat(measure("ndcg_at_3", data.clustered(new int[1]).weighted(new double[] {2})))
                .isEqualTo(new Measured.Undefined("ndcg_at_3 is not defined for weighted examples"));
        Scored none = Scored.of(new boolean[0], new double[0]).clustered(new int[0]);
        assertThat(measure("precision_at_3", none)).isEqualTo(new Measured.Undefined("no examples"));
        assertThatThrownBy(() -> new RankingMetric(RankingMetric.Kind.NDCG, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
