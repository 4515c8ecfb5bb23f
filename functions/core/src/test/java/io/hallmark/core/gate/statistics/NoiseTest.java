package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NoiseTest {

    @Test
    void it_is_the_spread_of_the_replicates() {
        assertThat(Noise.of(new double[] {0.5, 0.75, 0.625})).isEqualTo(new Noise(3, 0.5, 0.75));
        assertThat(Noise.of(new double[] {0.5, 0.75, 0.625}).spread()).isEqualTo(0.25);
        assertThat(Noise.of(new double[] {-0.5}).spread()).isZero();
    }

    @Test
    void nothing_and_what_is_not_finite_are_refused() {
        assertThatThrownBy(() -> Noise.of(new double[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Noise.of(new double[] {1, Double.NaN})).isInstanceOf(IllegalArgumentException.class);
    }
}
