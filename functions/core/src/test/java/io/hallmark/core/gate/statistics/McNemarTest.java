package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class McNemarTest {

    @Test
    void exact_values() {
        McNemar nineToOne = new McNemar(9, 1, 100);
        assertThat(nineToOne.pCandidateBetter()).isCloseTo(11 / 1024.0, within(1e-15));
        assertThat(nineToOne.pCandidateWorse()).isCloseTo(1023 / 1024.0, within(1e-15));
        assertThat(nineToOne.pDifferent()).isCloseTo(22 / 1024.0, within(1e-15));
        assertThat(new McNemar(3, 3, 10).pDifferent()).isCloseTo(1, within(1e-15));
        assertThat(new McNemar(0, 5, 10).pCandidateBetter()).isEqualTo(1);
        assertThat(new McNemar(0, 5, 10).pCandidateWorse()).isCloseTo(1 / 32.0, within(1e-15));
    }

    @Test
    void models_that_never_disagree_show_nothing() {
        McNemar same = new McNemar(0, 0, 50);
        assertThat(same.pCandidateBetter()).isEqualTo(1);
        assertThat(same.pDifferent()).isEqualTo(1);
        assertThat(same.difference().degenerate()).isTrue();
    }

    @Test
    void the_difference_is_that_of_the_accuracies_with_nearly_their_paired_error() {
        Scored base = Cases.tied(3, 1_000, 200);
        Scored candidate = Cases.sibling(base, 4, 200);
        Estimate byInfluence = Cases.influence(ScoreMetric.ACCURACY.measure(candidate, OptionalDouble.of(0.5)))
                .minus(Cases.influence(ScoreMetric.ACCURACY.measure(base, OptionalDouble.of(0.5))))
                .estimate();
        Estimate byCounts = McNemar.of(candidate, base, 0.5).difference();
        assertThat(byCounts.value()).isCloseTo(byInfluence.value(), within(1e-15));
        assertThat(byCounts.standardError() * Math.sqrt(1_000.0 / 999))
                .isCloseTo(byInfluence.standardError(), within(1e-15));
    }

    @Test
    void counts_and_examples_have_to_fit() {
        assertThatThrownBy(() -> new McNemar(3, 3, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new McNemar(-1, 3, 5)).isInstanceOf(IllegalArgumentException.class);
        Scored one = Scored.of(new boolean[] {true, false}, new double[2]);
        Scored other = Scored.of(new boolean[] {true, true}, new double[2]);
        assertThatThrownBy(() -> McNemar.of(one, other, 0.5)).hasMessageContaining("row 1");
        assertThatThrownBy(() -> McNemar.of(one, one.select(new int[] {0}), 0.5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new McNemar(1, 0, 1).difference()).isInstanceOf(Estimate.Unquantified.class);
    }
}
