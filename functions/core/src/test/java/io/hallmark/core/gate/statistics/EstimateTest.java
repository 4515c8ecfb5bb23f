package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EstimateTest {

    static List<Estimate> every_kind() {
        Estimate normal = new Estimate.Normal(0.3, 0.1);
        return List.of(
                normal,
                new Estimate.Student(0.3, 0.1, 5),
                new Estimate.Largest(List.of(normal, new Estimate.Normal(0.2, 0.2))),
                new Estimate.Ratio(normal));
    }

    @ParameterizedTest
    @MethodSource("every_kind")
    void a_bound_is_where_its_p_value_meets_the_level(Estimate estimate) {
        for (double confidence : new double[] {0.9, 0.95, 0.99}) {
            assertThat(estimate.pValueAbove(estimate.lower(confidence))).isCloseTo(1 - confidence, within(1e-9));
            if (estimate.upper(confidence) < 1 || !(estimate instanceof Estimate.Ratio)) {
                assertThat(estimate.pValue(estimate.upper(confidence))).isCloseTo(1 - confidence, within(1e-9));
            }
            assertThat(estimate.lower(confidence)).isLessThan(estimate.value());
            assertThat(estimate.upper(confidence)).isGreaterThan(estimate.value());
        }
    }

    @Test
    void the_normal_bounds_are_the_familiar_ones() {
        Estimate estimate = new Estimate.Normal(1, 2);
        assertThat(estimate.lower(0.95)).isCloseTo(1 - 2 * 1.6448536269514722, within(1e-12));
        assertThat(estimate.upper(0.975)).isCloseTo(1 + 2 * 1.959963984540054, within(1e-12));
        assertThat(estimate.pValue(1)).isEqualTo(0.5);
        assertThat(estimate.pValueAbove(-5)).isCloseTo(0.0013498980316300933, within(1e-15));
        assertThat(estimate.pValue(7)).isCloseTo(0.0013498980316300933, within(1e-15));
    }

    @Test
    void few_degrees_of_freedom_widen_the_bounds() {
        assertThat(new Estimate.Student(0, 1, 5).upper(0.95)).isCloseTo(2.015048372669157, within(1e-9));
        assertThat(new Estimate.Student(0, 1, 1).upper(0.95)).isCloseTo(6.313751514675043, within(1e-9));
    }

    @Test
    void without_variation_the_bounds_are_the_value_and_p_is_a_comparison() {
        Estimate estimate = new Estimate.Normal(0.5, 0);
        assertThat(estimate.degenerate()).isTrue();
        assertThat(List.of(estimate.lower(0.99), estimate.upper(0.99))).containsOnly(0.5);
        assertThat(estimate.pValue(0.5)).isEqualTo(1);
        assertThat(estimate.pValue(0.6)).isZero();
        assertThat(estimate.pValueAbove(0.5)).isEqualTo(1);
        assertThat(estimate.pValueAbove(0.4)).isZero();
    }

    @Test
    void what_cannot_be_told_excludes_nothing() {
        Estimate estimate = new Estimate.Unquantified(0.5);
        assertThat(estimate.degenerate()).isFalse();
        assertThat(estimate.lower(0.95)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(estimate.upper(0.95)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(estimate.pValue(9)).isEqualTo(1);
        assertThat(estimate.pValueAbove(-9)).isEqualTo(1);
    }

    @Test
    void the_largest_of_several_pays_for_its_lower_bound_alone() {
        Estimate one = new Estimate.Normal(0.3, 0.1);
        Estimate largest = new Estimate.Largest(List.of(new Estimate.Normal(0.1, 0.05), one));
        assertThat(largest.value()).isEqualTo(0.3);
        assertThat(largest.standardError()).isEqualTo(0.1);
        assertThat(largest.lower(0.95)).isCloseTo(one.lower(0.975), within(1e-12));
        assertThat(largest.upper(0.95)).isCloseTo(one.upper(0.95), within(1e-12));
        assertThatThrownBy(() -> new Estimate.Largest(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_confidence_is_between_0_and_1() {
        Estimate estimate = new Estimate.Normal(0, 1);
        for (double confidence : new double[] {0, 1, 95, Double.NaN}) {
            assertThatThrownBy(() -> estimate.lower(confidence)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> estimate.upper(confidence)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
