package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeLongTest {

    private static Influence auc(Scored data) {
        return Cases.influence(DeLong.auc(data));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50, 100_000})
    void the_fast_form_is_the_definition_over_all_pairs_whatever_the_ties(int levels) {
        for (long seed = 0; seed < 40; seed++) {
            Scored base = Cases.tied(seed, 5 + (int) seed * 3, levels);
            Scored candidate = Cases.sibling(base, seed + 1_000, levels);
            if (seed % 2 == 1) {
                double[] weights = Cases.weights(seed, base.size());
                base = base.weighted(weights);
                candidate = candidate.weighted(weights);
            }
            AllPairs slow = AllPairs.of(base);
            AllPairs other = AllPairs.of(candidate);
            Influence fast = auc(candidate).minus(auc(base));
            String at = "seed " + seed + ", levels " + levels;
            assertThat(auc(base).value()).as(at).isCloseTo(slow.area, within(1e-12));
            assertThat(fast.value()).as(at).isCloseTo(other.area - slow.area, within(1e-12));
            assertThat(fast.estimate().standardError()).as(at).isCloseTo(other.error(slow), within(1e-12));
            assertThat(auc(base).estimate().standardError()).as(at).isCloseTo(slow.error(null), within(1e-12));
        }
    }

    @Test
    void a_textbook_case_by_hand() {
        // positives 0.8, 0.4; negatives 0.6, 0.4, 0.2: pairs won 1+1+1 + 0+0.5+1 of 6
        Scored data =
                Scored.of(new boolean[] {true, true, false, false, false}, new double[] {0.8, 0.4, 0.6, 0.4, 0.2});
        assertThat(auc(data).value()).isEqualTo(0.75);
        // V10 = 1, 0.5; V01 = 0.5, 0.75, 1: variance 0.125 / 2 + 0.0625 / 3
        assertThat(auc(data).estimate().standardError()).isCloseTo(Math.sqrt(0.125 / 2 + 0.0625 / 3), within(1e-15));
    }

    @Test
    void the_same_scores_differ_by_nothing_for_certain() {
        Scored data = Cases.tied(5, 500, 40);
        Estimate same = auc(data).minus(auc(data)).estimate();
        assertThat(same.value()).isZero();
        assertThat(same.degenerate()).isTrue();
        assertThat(same.lower(0.95)).isZero();
        assertThat(same.pValueAbove(0)).isEqualTo(1);
    }

    @Test
    void a_rising_function_of_the_scores_differs_by_nothing() {
        Scored data = Cases.tied(6, 500, 40);
        boolean[] labels = new boolean[500];
        double[] scores = new double[500];
        for (int i = 0; i < 500; i++) {
            labels[i] = data.label(i);
            scores[i] = Math.log(data.score(i));
        }
        assertThat(auc(Scored.of(labels, scores)).minus(auc(data)).estimate().degenerate())
                .isTrue();
    }

    @Test
    void scores_that_are_all_tied_have_the_area_one_half_and_no_variance() {
        Scored data = Scored.of(new boolean[] {true, false, true, false, false}, new double[5]);
        assertThat(auc(data).value()).isEqualTo(0.5);
        assertThat(auc(data).estimate().degenerate()).isTrue();
    }

    @Test
    void both_zeros_are_one_score() {
        Scored data = Scored.of(new boolean[] {true, false}, new double[] {0.0, -0.0});
        assertThat(auc(data).value()).isEqualTo(0.5);
    }

    @Test
    void a_single_class_has_no_area_and_says_so() {
        Scored data = Scored.of(new boolean[] {true, true}, new double[] {0.1, 0.2});
        assertThat(DeLong.auc(data))
                .isEqualTo(new Measured.Undefined("a single class: 2 positive and 0 negative examples"));
    }

    @Test
    void one_example_of_a_class_has_an_area_whose_error_cannot_be_told() {
        Scored data = Scored.of(new boolean[] {true, false, false}, new double[] {0.5, 0.4, 0.6});
        assertThat(auc(data).estimate()).isEqualTo(new Estimate.Unquantified(0.5));
    }

    @Test
    void the_order_of_the_examples_does_not_matter() {
        Scored data = Cases.tied(8, 2_000, 300).weighted(Cases.weights(8, 2_000));
        for (long seed = 0; seed < 5; seed++) {
            Scored moved = data.select(Cases.shuffled(seed, 2_000));
            assertThat(auc(moved).value())
                    .as("seed " + seed)
                    .isCloseTo(auc(data).value(), within(1e-14));
            assertThat(auc(moved).estimate().standardError())
                    .as("seed " + seed)
                    .isCloseTo(auc(data).estimate().standardError(), within(1e-15));
        }
    }

    @Test
    void equal_weights_are_no_weights() {
        Scored data = Cases.tied(9, 300, 30);
        double[] threes = new double[300];
        Arrays.fill(threes, 3);
        assertThat(auc(data.weighted(threes)).value()).isCloseTo(auc(data).value(), within(1e-14));
        assertThat(auc(data.weighted(threes)).estimate().standardError())
                .isCloseTo(auc(data).estimate().standardError(), within(1e-14));
    }

    @Test
    void an_example_recorded_twice_counts_once_by_its_cluster() {
        Scored data = Cases.tied(10, 400, 1_000);
        int[] twice = new int[800];
        Arrays.setAll(twice, i -> i / 2);
        int[] codes = twice.clone();
        Influence doubled = auc(data.select(twice));
        int[] own = new int[400];
        Arrays.setAll(own, i -> i);
        double once = auc(data).estimate(own).standardError();
        assertThat(doubled.estimate(codes).standardError()).isCloseTo(once, within(1e-14));
        assertThat(doubled.estimate().standardError()).isLessThan(0.72 * once);
    }

    /** DeLong's definition, over all pairs. */
    private static final class AllPairs {

        private final double area;
        private final double[] components;
        private final Scored data;

        private AllPairs(double area, double[] components, Scored data) {
            this.area = area;
            this.components = components;
            this.data = data;
        }

        static AllPairs of(Scored data) {
            double[] components = new double[data.size()];
            double[] weights = new double[2];
            double area = 0;
            for (int i = 0; i < data.size(); i++) {
                weights[data.label(i) ? 1 : 0] += data.weight(i);
                for (int j = 0; j < data.size(); j++) {
                    if (data.label(i) && !data.label(j)) {
                        double psi = data.score(i) > data.score(j) ? 1 : data.score(i) == data.score(j) ? 0.5 : 0;
                        components[i] += data.weight(j) * psi;
                        components[j] += data.weight(i) * psi;
                        area += data.weight(i) * data.weight(j) * psi;
                    }
                }
            }
            for (int i = 0; i < components.length; i++) {
                components[i] /= weights[data.label(i) ? 0 : 1];
            }
            return new AllPairs(area / weights[0] / weights[1], components, data);
        }

        /** Of the difference to another, or of the area itself. */
        double error(@Nullable AllPairs other) {
            double variance = 0;
            for (boolean label : new boolean[] {true, false}) {
                int count = label ? data.positives() : data.negatives();
                double weight = 0;
                double squares = 0;
                for (int i = 0; i < components.length; i++) {
                    if (data.label(i) == label) {
                        weight += data.weight(i);
                        double deviation =
                                components[i] - area - (other == null ? 0 : other.components[i] - other.area);
                        squares += Math.pow(data.weight(i) * deviation, 2);
                    }
                }
                variance += squares / (weight * weight) * count / (count - 1);
            }
            return Math.sqrt(variance);
        }
    }
}
