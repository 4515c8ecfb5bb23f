package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.policy.Criterion;
import io.hallmark.core.gate.policy.Rule.Limit;
import io.hallmark.core.gate.statistics.Estimate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each comparison of the criteria at its bound, and one digit beyond. */
class JudgementTest {

    private static final BigDecimal CONFIDENCE = new BigDecimal("0.95");
    private static final BigDecimal DIGIT = new BigDecimal("1e-15");
    private static final Quantity.Known GAIN = known("0.01", 0.004);
    private static final Quantity.Known LOSS = known("-0.02", 0.004);
    private static final Quantity.Known LITTLE = known("-0.001", 0.004);

    private static Quantity.Known known(String value, double error) {
        BigDecimal exact = new BigDecimal(value);
        return new Quantity.Known(
                exact,
                Optional.of(new Estimate.Normal(exact.doubleValue(), error)),
                false,
                Optional.empty(),
                Quantity.Basis.REPORT);
    }

    private static BigDecimal lower(Quantity.Known known) {
        return known.lower(CONFIDENCE).orElseThrow();
    }

    private static BigDecimal upper(Quantity.Known known) {
        return known.upper(CONFIDENCE).orElseThrow();
    }

    private static Verdict change(Criterion.Mode mode, Quantity.Known difference, BigDecimal bound) {
        return change(mode, difference, bound, Optional.empty());
    }

    private static Verdict change(
            Criterion.Mode mode, Quantity.Known difference, BigDecimal bound, Optional<BigDecimal> maxSpread) {
        boolean loss = mode == Criterion.Mode.NON_INFERIOR || mode == Criterion.Mode.EQUIVALENT;
        Criterion.Change rule = new Criterion.Change(
                Criterion.Against.BASELINE,
                mode,
                Criterion.Method.AUTO,
                false,
                loss ? Optional.empty() : Optional.of(bound),
                Optional.empty(),
                loss ? Optional.of(bound) : Optional.empty(),
                maxSpread);
        return Judgement.change(rule, difference, CONFIDENCE).verdict();
    }

    @Test
    void a_significant_gain_needs_a_lower_bound_above_zero() {
        BigDecimal wide = BigDecimal.ONE.negate();

        assertThat(change(Criterion.Mode.SIGNIFICANT, Quantity.Known.counted(0), wide))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(change(Criterion.Mode.SIGNIFICANT, Quantity.Known.counted(1), wide))
                .isEqualTo(Verdict.PASS);
        assertThat(change(Criterion.Mode.SIGNIFICANT, GAIN, GAIN.value())).isEqualTo(Verdict.PASS);
        assertThat(change(Criterion.Mode.SIGNIFICANT, GAIN, GAIN.value().add(DIGIT)))
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void a_gain_is_ruled_out_below_the_upper_bound_and_not_at_it() {
        for (Criterion.Mode mode : List.of(Criterion.Mode.SIGNIFICANT, Criterion.Mode.ASSURED)) {
            assertThat(change(mode, GAIN, upper(GAIN))).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(change(mode, GAIN, upper(GAIN).add(DIGIT))).isEqualTo(Verdict.FAIL);
        }
    }

    @Test
    void an_interval_of_exactly_the_largest_spread_is_narrow_enough_to_fail() {
        BigDecimal spread = upper(GAIN).subtract(lower(GAIN));
        BigDecimal min = GAIN.value().add(DIGIT);

        assertThat(change(Criterion.Mode.SIGNIFICANT, GAIN, min, Optional.of(spread)))
                .isEqualTo(Verdict.FAIL);
        assertThat(change(Criterion.Mode.SIGNIFICANT, GAIN, min, Optional.of(spread.subtract(DIGIT))))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(change(Criterion.Mode.SIGNIFICANT, LITTLE, LITTLE.value(), Optional.of(spread)))
                .as("enough, so the spread does not matter")
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void an_assured_gain_is_at_the_lower_bound_or_below() {
        assertThat(change(Criterion.Mode.ASSURED, GAIN, lower(GAIN))).isEqualTo(Verdict.PASS);
        assertThat(change(Criterion.Mode.ASSURED, GAIN, lower(GAIN).add(DIGIT))).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void a_loss_is_tolerated_to_the_last_digit() {
        Criterion.Mode mode = Criterion.Mode.NON_INFERIOR;

        assertThat(change(mode, LITTLE, lower(LITTLE).negate())).isEqualTo(Verdict.PASS);
        assertThat(change(mode, LITTLE, lower(LITTLE).negate().subtract(DIGIT))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(change(mode, LOSS, upper(LOSS).negate())).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(change(mode, LOSS, upper(LOSS).negate().subtract(DIGIT))).isEqualTo(Verdict.FAIL);
    }

    @Test
    void equivalence_is_judged_at_both_ends_of_the_interval() {
        Criterion.Mode mode = Criterion.Mode.EQUIVALENT;

        assertThat(change(mode, LITTLE, lower(LITTLE).negate())).isEqualTo(Verdict.PASS);
        assertThat(change(mode, LITTLE, lower(LITTLE).negate().subtract(DIGIT))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(change(mode, GAIN, upper(GAIN))).isEqualTo(Verdict.PASS);
        assertThat(change(mode, GAIN, upper(GAIN).subtract(DIGIT))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(change(mode, GAIN, lower(GAIN))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(change(mode, GAIN, lower(GAIN).subtract(DIGIT))).isEqualTo(Verdict.FAIL);
        assertThat(change(mode, LOSS, upper(LOSS).negate())).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(change(mode, LOSS, upper(LOSS).negate().subtract(DIGIT))).isEqualTo(Verdict.FAIL);
    }

    @Test
    void a_gain_of_exactly_the_suspicious_is_not_yet_suspicious() {
        assertThat(suspicious(GAIN.value()).verdict()).isEqualTo(Verdict.PASS);
        assertThat(suspicious(GAIN.value().subtract(DIGIT)).code()).contains("SUSPICIOUS");
    }

    private static Finding suspicious(BigDecimal max) {
        Criterion.Change rule = new Criterion.Change(
                Criterion.Against.BASELINE,
                Criterion.Mode.POINT,
                Criterion.Method.AUTO,
                false,
                Optional.empty(),
                Optional.of(max),
                Optional.empty(),
                Optional.empty());
        return Judgement.change(rule, GAIN, CONFIDENCE);
    }

    @Test
    void a_distance_counts_either_way() {
        for (Quantity.Known distance : List.of(GAIN, LOSS)) {
            BigDecimal size = distance.value().abs();
            assertThat(distance(Criterion.Mode.POINT, distance, size)).isEqualTo(Verdict.PASS);
            assertThat(distance(Criterion.Mode.POINT, distance, size.subtract(DIGIT)))
                    .isEqualTo(Verdict.FAIL);
        }
        assertThat(distance(Criterion.Mode.EQUIVALENT, GAIN, upper(GAIN))).isEqualTo(Verdict.PASS);
        assertThat(distance(Criterion.Mode.EQUIVALENT, GAIN, GAIN.value())).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(distance(Criterion.Mode.EQUIVALENT, known("0.01", 0), BigDecimal.ONE))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(distance(Criterion.Mode.EQUIVALENT, Quantity.Known.counted(0), BigDecimal.ONE))
                .as("a count has no variation because it knows no chance")
                .isEqualTo(Verdict.PASS);
    }

    private static Verdict distance(Criterion.Mode mode, Quantity.Known distance, BigDecimal max) {
        return Judgement.distance(new Criterion.Distance(Criterion.Reference.IDEAL, max, mode), distance, CONFIDENCE)
                .verdict();
    }

    private static Criterion.Bounds bounds(
            Optional<BigDecimal> min, Optional<BigDecimal> max, boolean inclusive, Criterion.Side side) {
        return new Criterion.Bounds(
                min.map(value -> new Limit(value, inclusive)),
                max.map(value -> new Limit(value, inclusive)),
                side,
                true,
                false);
    }

    @Test
    void a_confidence_bound_holds_to_the_last_digit() {
        Criterion.Bounds above = bounds(Optional.of(lower(GAIN)), Optional.empty(), true, Criterion.Side.LOWER);
        Criterion.Bounds more = bounds(Optional.of(lower(GAIN)), Optional.empty(), false, Criterion.Side.LOWER);
        Criterion.Bounds below = bounds(Optional.empty(), Optional.of(upper(GAIN)), true, Criterion.Side.UPPER);
        Criterion.Bounds less = bounds(Optional.empty(), Optional.of(upper(GAIN)), false, Criterion.Side.UPPER);

        assertThat(Judgement.bounds(above, GAIN, CONFIDENCE).verdict()).isEqualTo(Verdict.PASS);
        assertThat(Judgement.bounds(more, GAIN, CONFIDENCE).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Judgement.bounds(below, GAIN, CONFIDENCE).verdict()).isEqualTo(Verdict.PASS);
        assertThat(Judgement.bounds(less, GAIN, CONFIDENCE).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void a_gap_fails_only_beyond_its_confidence_bound() {
        Criterion.Bounds at = bounds(Optional.empty(), Optional.of(lower(GAIN)), true, Criterion.Side.POINT);
        Criterion.Bounds beyond =
                bounds(Optional.empty(), Optional.of(lower(GAIN).subtract(DIGIT)), true, Criterion.Side.POINT);
        Criterion.Bounds ratio = bounds(Optional.of(upper(GAIN)), Optional.empty(), true, Criterion.Side.POINT);
        Criterion.Bounds short1 =
                bounds(Optional.of(upper(GAIN).add(DIGIT)), Optional.empty(), true, Criterion.Side.POINT);

        assertThat(Judgement.gap(at, GAIN, List.of(), CONFIDENCE).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Judgement.gap(beyond, GAIN, List.of(), CONFIDENCE).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Judgement.gap(ratio, GAIN, List.of(), CONFIDENCE).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Judgement.gap(short1, GAIN, List.of(), CONFIDENCE).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void what_nobody_knows_the_error_of_cannot_be_judged_with_confidence() {
        Quantity.Known bare =
                new Quantity.Known(BigDecimal.ONE, Optional.empty(), false, Optional.empty(), Quantity.Basis.REPORT);
        Quantity.Known upperOnly = new Quantity.Known(
                BigDecimal.ONE,
                Optional.of(new Estimate.Unquantified(1)),
                false,
                Optional.empty(),
                Quantity.Basis.REPORT);
        for (Quantity.Known unsure : List.of(bare, upperOnly)) {
            for (Criterion.Mode mode : Criterion.Mode.values()) {
                if (mode != Criterion.Mode.POINT) {
                    assertThat(change(mode, unsure, BigDecimal.ZERO))
                            .as("%s", mode)
                            .isEqualTo(Verdict.INCONCLUSIVE);
                }
            }
            assertThat(distance(Criterion.Mode.EQUIVALENT, unsure, BigDecimal.TEN))
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }
    }
}
