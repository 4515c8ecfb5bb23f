package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.TTest;
import org.junit.jupiter.api.Test;

class PairedTTest {

    @Test
    void it_is_the_paired_t_of_the_library() {
        for (long seed = 0; seed < 10; seed++) {
            double[] candidate = new Random(seed).doubles(20).toArray();
            double[] baseline = new Random(seed + 100).doubles(20).toArray();
            Estimate estimate = PairedT.of(candidate, baseline);
            var expected = TTest.withDefaults()
                    .with(AlternativeHypothesis.GREATER_THAN)
                    .pairedTest(candidate, baseline);
            assertThat(estimate.pValueAbove(0)).as("seed " + seed).isCloseTo(expected.getPValue(), within(1e-12));
            assertThat(estimate.value() / estimate.standardError())
                    .as("seed " + seed)
                    .isCloseTo(expected.getStatistic(), within(1e-12));
        }
    }

    @Test
    void equal_values_differ_by_nothing_for_certain() {
        double[] values = {0.1, 0.2, 0.7};
        assertThat(PairedT.of(values, values).degenerate()).isTrue();
    }

    @Test
    void one_pair_tells_no_error_and_what_is_no_pair_is_refused() {
        assertThat(PairedT.of(new double[] {3}, new double[] {1})).isEqualTo(new Estimate.Unquantified(2));
        double[] none = {};
        assertThatThrownBy(() -> PairedT.of(none, none)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PairedT.of(new double[2], new double[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PairedT.of(new double[] {Double.NaN}, new double[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
