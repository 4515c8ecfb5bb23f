package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class InfluenceTest {

    private static final double[] ROWS = {0.1, -0.2, 0.3, -0.2};

    @Test
    void clusters_are_summed_before_squaring() {
        Influence influence = Influence.sandwich(1, ROWS);
        assertThat(influence.estimate().standardError()).isCloseTo(Math.sqrt(0.18), within(1e-15));
        assertThat(influence.estimate(new int[] {0, 0, 5, 5}).standardError())
                .isCloseTo(Math.sqrt(0.02), within(1e-15));
    }

    @Test
    void few_clusters_are_few_observations() {
        Influence influence = Influence.sandwich(1, ROWS);
        assertThat(((Estimate.Student) influence.estimate(new int[] {0, 0, 5, 5})).degrees())
                .isEqualTo(1);
        assertThat(influence.estimate(new int[4])).isEqualTo(new Estimate.Unquantified(1));
        assertThat(Influence.mean(1, ROWS, 4).estimate(new int[4])).isEqualTo(new Estimate.Unquantified(1));
    }

    @Test
    void rows_that_are_no_unit_of_the_mean_add_no_degree_of_freedom() {
        Influence influence = Influence.mean(1, new double[] {0.5, 0, -0.5, 0}, 2);
        Estimate expected = new Estimate.Student(1, Math.sqrt(0.5 * 2), 1);
        assertThat(influence.estimate()).isEqualTo(expected);
        assertThat(influence.estimate(new int[] {0, 1, 2, 3})).isEqualTo(expected);
    }

    @Test
    void a_single_observation_has_no_error_to_tell() {
        double[] one = {0};
        assertThat(List.of(
                        Influence.sandwich(2, one).estimate(),
                        Influence.mean(2, one, 1).estimate(),
                        Influence.twoSamples(2, one, new boolean[] {true}).estimate()))
                .containsOnly(new Estimate.Unquantified(2));
    }

    @Test
    void a_difference_is_of_one_metric_on_the_same_rows() {
        Influence one = Influence.twoSamples(1, ROWS, new boolean[] {true, true, false, false});
        Influence otherLabels = Influence.twoSamples(1, ROWS, new boolean[] {true, false, true, false});
        for (Influence other : List.of(
                Influence.sandwich(1, ROWS), otherLabels, Influence.twoSamples(1, new double[2], new boolean[2]))) {
            assertThatThrownBy(() -> one.minus(other)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> one.estimate(new int[3])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_part_contributes_to_the_whole_on_its_own_rows() {
        Influence part = Influence.mean(0.4, new double[] {0.5, -0.5}, 2).within(new int[] {3, 1}, 4);
        assertThat(part.size()).isEqualTo(4);
        assertThat(part.at(1)).isEqualTo(-0.5);
        assertThat(part.at(3)).isEqualTo(0.5);
        assertThat(part.at(0)).isZero();
    }

    @Test
    void what_is_undefined_stays_undefined_in_a_difference() {
        Measured of = new Measured.Of(Influence.sandwich(1, ROWS));
        Measured none = new Measured.Undefined("why");
        assertThat(none.minus(of)).isEqualTo(none);
        assertThat(of.minus(none)).isEqualTo(new Measured.Undefined("baseline: why"));
        assertThat(of.minus(new Measured.Point(0.25))).isEqualTo(new Measured.Point(0.75));
        assertThatThrownBy(none::point).isInstanceOf(IllegalStateException.class);
    }
}
