package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupGapTest {

    private static final GroupGap.Rate A = new GroupGap.Rate("a", 0.90, 0.003);
    private static final GroupGap.Rate B = new GroupGap.Rate("b", 0.80, 0.004);
    private static final GroupGap.Rate C = new GroupGap.Rate("c", 0.84, 0.012);

    @Test
    void two_groups_are_the_plain_difference() {
        Estimate gap = GroupGap.maxMin(List.of(B, A)).orElseThrow();
        Estimate plain = new Estimate.Normal(0.90 - 0.80, 0.005);
        assertThat(gap.value()).isEqualTo(plain.value());
        assertThat(gap.standardError()).isCloseTo(0.005, within(1e-15));
        assertThat(gap.lower(0.95)).isCloseTo(plain.lower(0.975), within(1e-12));
        assertThat(gap.upper(0.95)).isCloseTo(plain.upper(0.95), within(1e-12));
    }

    @Test
    void the_reference_decides_what_is_compared() {
        assertThat(GroupGap.maxMin(List.of(A, B, C)).orElseThrow().value()).isCloseTo(0.10, within(1e-15));
        Estimate gap = GroupGap.maxVsReference(List.of(A, B, C), "c").orElseThrow();
        assertThat(gap.value()).isCloseTo(0.06, within(1e-15));
        assertThat(((Estimate.Largest) gap).of()).hasSize(4);
        assertThat(GroupGap.maxVsReference(List.of(A, B, C), "d")).isEmpty();
        assertThat(GroupGap.maxVsReference(List.of(C), "c")).isEmpty();
    }

    @Test
    void the_ratio_is_the_smallest_over_the_largest() {
        Estimate ratio = GroupGap.ratio(List.of(A, B, C)).orElseThrow();
        assertThat(ratio.value()).isCloseTo(0.80 / 0.90, within(1e-15));
        double delta = 0.80 / 0.90 * Math.sqrt(Math.pow(0.003 / 0.90, 2) + Math.pow(0.004 / 0.80, 2));
        assertThat(ratio.standardError()).isCloseTo(delta, within(1e-15));
        assertThat(ratio.lower(0.95)).isBetween(0.87, 0.885);
        assertThat(ratio.upper(0.95)).isBetween(0.89, 0.92);
        assertThat(ratio.pValueAbove(0.8)).isLessThan(1e-4);
        assertThat(ratio.pValue(0)).isEqualTo(1);
        assertThat(GroupGap.ratio(List.of(A, new GroupGap.Rate("d", 0, 0)))).isEmpty();
    }

    @Test
    void fewer_than_two_groups_have_no_gap() {
        assertThat(GroupGap.maxMin(List.of())).isEmpty();
        assertThat(GroupGap.maxMin(List.of(A))).isEmpty();
        assertThat(GroupGap.ratio(List.of(A))).isEmpty();
        assertThat(GroupGap.widest(List.of(Influence.sandwich(1, new double[2]))))
                .isEmpty();
    }

    @Test
    void a_group_whose_error_cannot_be_told_leaves_the_gap_open() {
        Estimate gap = GroupGap.maxMin(List.of(A, new GroupGap.Rate("d", 0.5, Double.POSITIVE_INFINITY)))
                .orElseThrow();
        assertThat(gap.value()).isCloseTo(0.4, within(1e-15));
        assertThat(gap.lower(0.95)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(gap.pValueAbove(0)).isEqualTo(1);
        assertThat(gap.pValue(0.9)).isEqualTo(1);
    }

    @Test
    void the_bounds_keep_their_level_with_five_equal_groups() {
        long seed = 5;
        Random random = new Random(seed);
        int above = 0;
        int below = 0;
        for (int run = 0; run < 2_000; run++) {
            List<GroupGap.Rate> rates = new ArrayList<>();
            for (int group = 0; group < 5; group++) {
                rates.add(new GroupGap.Rate("g" + group, 0.9 + 0.01 * random.nextGaussian(), 0.01));
            }
            Estimate gap = GroupGap.maxMin(rates).orElseThrow();
            above += gap.lower(0.95) > 0 ? 1 : 0;
            below += gap.upper(0.95) < 0 ? 1 : 0;
        }
        assertThat(above / 2_000.0).as("seed " + seed).isBetween(0.01, 0.06);
        assertThat(below).isZero();
    }

    @Test
    void an_increase_of_the_gap_is_a_difference_of_influences() {
        Influence a = Influence.sandwich(0.9, new double[] {0.01, -0.01, 0, 0});
        Influence b = Influence.sandwich(0.8, new double[] {0, 0, 0.02, -0.02});
        Influence candidate = GroupGap.widest(List.of(b, a)).orElseThrow();
        Influence baseline = GroupGap.widest(List.of(a, a.minus(b))).orElseThrow();
        assertThat(candidate.value()).isCloseTo(0.1, within(1e-15));
        assertThat(candidate.minus(baseline).value()).isCloseTo(0.1 - 0.8, within(1e-15));
        assertThat(candidate.minus(candidate).estimate().degenerate()).isTrue();
    }

    @Test
    void people_in_two_groups_are_counted_once_by_their_cluster() {
        Influence a = Influence.sandwich(0.9, new double[] {0.01, -0.01, 0, 0});
        Influence b = Influence.sandwich(0.8, new double[] {0, 0, 0.01, -0.01});
        int[] people = {0, 1, 0, 1};
        Estimate gap = GroupGap.maxMin(List.of(a, b), difference -> difference.estimate(people))
                .orElseThrow();
        assertThat(gap.value()).isCloseTo(0.1, within(1e-15));
        assertThat(gap.degenerate()).isTrue();
    }
}
