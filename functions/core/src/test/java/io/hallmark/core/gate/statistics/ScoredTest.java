package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScoredTest {

    private final boolean[] labels = {true, false, false};
    private final double[] scores = {0.9, 0.2, 0.4};
    private final Scored data = Scored.of(labels, scores);

    @Test
    void it_counts_its_classes_and_selects_rows_with_all_they_have() {
        Scored some = data.weighted(new double[] {1, 2, 3})
                .clustered(new int[] {7, 8, 9})
                .select(new int[] {2, 0});
        assertThat(data.positives()).isEqualTo(1);
        assertThat(data.negatives()).isEqualTo(2);
        assertThat(some.size()).isEqualTo(2);
        assertThat(some.label(1)).isTrue();
        assertThat(some.score(0)).isEqualTo(0.4);
        assertThat(some.weight(0)).isEqualTo(3);
        assertThat(some.clusters()).containsExactly(9, 7);
        assertThat(data.clusters()).containsExactly(0, 1, 2);
    }

    @Test
    void it_does_not_change_with_the_arrays_it_came_from() {
        labels[0] = false;
        scores[0] = 0;
        assertThat(data.label(0)).isTrue();
        assertThat(data.score(0)).isEqualTo(0.9);
    }

    @Test
    void what_is_not_one_finite_score_per_label_is_refused() {
        assertThatThrownBy(() -> Scored.of(labels, new double[2])).isInstanceOf(IllegalArgumentException.class);
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> Scored.of(labels, new double[] {0, bad, 0}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("row 1");
        }
    }

    @Test
    void weights_are_positive_and_cluster_codes_are_not_negative() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> data.weighted(new double[] {1, 1, bad}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("row 2");
        }
        assertThatThrownBy(() -> data.weighted(new double[2])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> data.clustered(new int[2])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> data.clustered(new int[] {0, -1, 0})).isInstanceOf(IllegalArgumentException.class);
    }
}
