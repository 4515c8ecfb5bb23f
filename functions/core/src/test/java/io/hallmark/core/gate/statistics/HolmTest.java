package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HolmTest {

    @Test
    void the_smallest_p_pays_for_all_and_none_after_pays_less() {
        double[] adjusted = Holm.adjusted(new double[] {0.01, 0.04, 0.03, 0.005});
        double[] expected = {0.03, 0.06, 0.06, 0.02};
        for (int i = 0; i < 4; i++) {
            assertThat(adjusted[i]).isCloseTo(expected[i], within(1e-15));
        }
        assertThat(Holm.rejected(new double[] {0.01, 0.04, 0.03, 0.005}, 0.05))
                .containsExactly(true, false, false, true);
    }

    @Test
    void no_adjusted_p_is_beyond_1_and_a_family_of_one_is_as_it_was() {
        assertThat(Holm.adjusted(new double[] {0.7, 0.9})).containsExactly(1, 1);
        assertThat(Holm.adjusted(new double[] {0.04})).containsExactly(0.04);
        assertThat(Holm.adjusted(new double[0])).isEmpty();
    }

    @Test
    void equal_p_values_are_adjusted_alike() {
        assertThat(Holm.adjusted(new double[] {0.02, 0.5, 0.02})).containsExactly(0.06, 0.5, 0.06);
    }

    @Test
    void every_order_gives_each_the_same() {
        double[] family = new Random(3).doubles(25, 0, 0.1).toArray();
        family[4] = family[9];
        double[] adjusted = Holm.adjusted(family);
        for (long seed = 0; seed < 5; seed++) {
            int[] order = Cases.shuffled(seed, 25);
            double[] moved = new double[25];
            for (int i = 0; i < 25; i++) {
                moved[i] = family[order[i]];
            }
            double[] found = Holm.adjusted(moved);
            for (int i = 0; i < 25; i++) {
                assertThat(found[i]).as("seed " + seed).isEqualTo(adjusted[order[i]]);
            }
        }
    }

    @Test
    void false_alarms_of_a_family_keep_their_level() {
        long seed = 20261122;
        Random random = new Random(seed);
        int corrected = 0;
        int plain = 0;
        for (int run = 0; run < 4_000; run++) {
            double[] family = random.doubles(12).toArray();
            boolean alarm = false;
            boolean any = false;
            boolean[] rejected = Holm.rejected(family, 0.05);
            for (int i = 0; i < 12; i++) {
                alarm |= rejected[i];
                any |= family[i] <= 0.05;
            }
            corrected += alarm ? 1 : 0;
            plain += any ? 1 : 0;
        }
        assertThat(corrected / 4_000.0).as("seed " + seed).isCloseTo(0.05, within(0.01));
        assertThat(plain / 4_000.0).as("seed " + seed).isCloseTo(0.46, within(0.03));
    }

    @Test
    void what_is_no_p_value_is_refused() {
        for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> Holm.adjusted(new double[] {0.5, bad}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
