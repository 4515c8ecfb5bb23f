package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {

    private static final OptionalDouble HALF = OptionalDouble.of(0.5);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(Bootstrap.DEFAULT_RESAMPLES, 42);

    @Test
    void the_seed_is_the_head_of_the_digest_of_all_parts() {
        // SHA-256("abc") = ba7816bf 8f01cfea ...
        assertThat(Bootstrap.seed("a".getBytes(StandardCharsets.US_ASCII), "bc".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(0xba7816bf8f01cfeaL);
    }

    @Test
    void the_generator_is_the_published_one() {
        SplitMix random = new SplitMix(1234567);
        assertThat(random.next()).isEqualTo(6457827717110365317L);
        assertThat(random.next()).isEqualTo(3203168211198807973L);
        assertThat(random.next()).isEqualTo(Long.parseUnsignedLong("9817491932198370423"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROC_AUC", "PRECISION", "ACCURACY", "CALIBRATION_SLOPE"})
    void its_error_is_that_of_the_influences(ScoreMetric metric) {
        Scored base = Cases.tied(11, 600, 200);
        Scored candidate = Cases.sibling(base, 12, 200);
        Estimate closed = Cases.influence(metric.measure(candidate, HALF))
                .minus(Cases.influence(metric.measure(base, HALF)))
                .estimate();
        Estimate drawn = new Bootstrap(metric == ScoreMetric.CALIBRATION_SLOPE ? 400 : 2_000, 42)
                .estimate(600, Bootstrap.of(metric, candidate, HALF).minus(Bootstrap.of(metric, base, HALF)))
                .orElseThrow();
        assertThat(drawn.value()).isCloseTo(closed.value(), within(1e-12));
        assertThat(drawn.standardError() / closed.standardError()).isCloseTo(1, within(0.1));
        assertThat(drawn.lower(0.95)).isCloseTo(closed.lower(0.95), within(0.35 * closed.standardError()));
        assertThat(drawn.upper(0.95)).isCloseTo(closed.upper(0.95), within(0.35 * closed.standardError()));
    }

    @Test
    void whole_clusters_are_drawn() {
        Scored data = Cases.tied(13, 300, 1_000);
        int[] copies = new int[1_500];
        Arrays.setAll(copies, i -> i % 300);
        Scored five = data.select(copies);
        double byInfluence = Cases.influence(DeLong.auc(five)).estimate(copies).standardError();
        Estimate clustered = BOOTSTRAP
                .estimate(copies, Bootstrap.of(ScoreMetric.ROC_AUC, five, HALF))
                .orElseThrow();
        Estimate plain = BOOTSTRAP
                .estimate(1_500, Bootstrap.of(ScoreMetric.ROC_AUC, five, HALF))
                .orElseThrow();
        assertThat(clustered.standardError() / byInfluence).isCloseTo(1, within(0.1));
        assertThat(plain.standardError()).isLessThan(0.6 * byInfluence);
    }

    @Test
    void a_skewed_mean_has_skewed_bounds_like_the_published_correction() {
        long seed = 3;
        Random random = new Random(seed);
        double[] values = new double[100];
        Arrays.setAll(values, i -> -Math.log(1 - random.nextDouble()));
        Estimate mean = BOOTSTRAP.estimate(100, Bootstrap.mean(values)).orElseThrow();
        double up = mean.upper(0.95) - mean.value();
        double down = mean.value() - mean.lower(0.95);
        assertThat(up / down).as("seed " + seed).isBetween(1.1, 1.6);
    }

    @Test
    void a_bound_is_where_its_p_value_meets_the_level() {
        double[] values = new Random(4).doubles(80).toArray();
        Estimate mean = BOOTSTRAP.estimate(80, Bootstrap.mean(values)).orElseThrow();
        assertThat(mean.pValueAbove(mean.lower(0.95))).isCloseTo(0.05, within(0.002));
        assertThat(mean.pValue(mean.upper(0.9))).isCloseTo(0.1, within(0.002));
        assertThat(mean.pValueAbove(2)).isGreaterThan(0.99);
        assertThat(mean.pValue(2)).isGreaterThan(0.0001).isLessThan(0.001);
    }

    @Test
    void a_strong_acceleration_leaves_bounds_and_p_values_in_order() {
        double[] replicates = new Random(9).doubles(999).toArray();
        for (double acceleration : new double[] {-0.6, 0.6}) {
            Estimate estimate = new BootstrapEstimate(0.5, replicates, acceleration);
            assertThat(estimate.upper(0.999)).isGreaterThanOrEqualTo(estimate.upper(0.9));
            assertThat(estimate.lower(0.999)).isLessThanOrEqualTo(estimate.lower(0.9));
            assertThat(estimate.pValue(2)).isBetween(0.0005 - 1e-12, estimate.pValue(0.95));
            assertThat(estimate.pValueAbove(-2)).isBetween(0.0005 - 1e-12, estimate.pValueAbove(0.05));
            assertThat(estimate.pValue(0.95)).isLessThan(estimate.pValue(0.6));
        }
    }

    @Test
    void a_replay_gives_the_same_bits_and_another_seed_does_not() {
        double[] values = new Random(4).doubles(80).toArray();
        Estimate first = BOOTSTRAP.estimate(80, Bootstrap.mean(values)).orElseThrow();
        Estimate again = BOOTSTRAP.estimate(80, Bootstrap.mean(values)).orElseThrow();
        Estimate other =
                new Bootstrap(2_000, 43).estimate(80, Bootstrap.mean(values)).orElseThrow();
        assertThat(again.lower(0.95)).isEqualTo(first.lower(0.95));
        assertThat(other.lower(0.95)).isNotEqualTo(first.lower(0.95));
    }

    @Test
    void equal_models_differ_by_nothing_for_certain() {
        Scored data = Cases.tied(2, 100, 10);
        var auc = Bootstrap.of(ScoreMetric.ROC_AUC, data, HALF);
        Estimate same = BOOTSTRAP.estimate(100, auc.minus(auc)).orElseThrow();
        assertThat(same.degenerate()).isTrue();
        assertThat(same.lower(0.95)).isZero();
        assertThat(same.upper(0.95)).isZero();
        assertThat(same.pValue(0)).isEqualTo(1);
        assertThat(same.pValue(0.1)).isZero();
        assertThat(same.pValueAbove(0)).isEqualTo(1);
        assertThat(same.pValueAbove(-0.1)).isZero();
    }

    @Test
    void what_has_no_value_has_no_estimate() {
        Scored single = Scored.of(new boolean[3], new double[3]);
        assertThat(BOOTSTRAP.estimate(3, Bootstrap.of(ScoreMetric.ROC_AUC, single, HALF)))
                .isEmpty();
        assertThat(BOOTSTRAP.estimate(3, Bootstrap.of(ScoreMetric.RECALL, single, HALF)))
                .isEmpty();
        assertThat(BOOTSTRAP.estimate(0, Bootstrap.mean(new double[0]))).isEmpty();
    }

    @Test
    void one_cluster_or_mostly_undefined_resamples_tell_no_error() {
        Scored few = Scored.of(new boolean[] {true, false, false}, new double[] {0.5, 0.4, 0.6});
        var auc = Bootstrap.of(ScoreMetric.ROC_AUC, few, HALF);
        assertThat(BOOTSTRAP.estimate(3, auc)).contains(new Estimate.Unquantified(0.5));
        assertThat(BOOTSTRAP.estimate(new int[3], auc)).contains(new Estimate.Unquantified(0.5));
        assertThatThrownBy(() -> new Bootstrap(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
