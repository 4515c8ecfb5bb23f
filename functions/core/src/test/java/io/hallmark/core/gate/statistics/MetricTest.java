package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {

    private static final OptionalDouble HALF = OptionalDouble.of(0.5);
    private static final Scored FOUR =
            Scored.of(new boolean[] {true, true, false, false}, new double[] {0.8, 0.5, 0.6, 0.1});

    private static Measured measure(String field, Scored data) {
        return Metric.named(field).orElseThrow().measure(data, HALF);
    }

    @Test
    void the_values_of_four_examples_by_hand() {
        assertThat(measure("accuracy", FOUR).point()).isEqualTo(0.75);
        assertThat(measure("precision", FOUR).point()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(measure("recall", FOUR).point()).isEqualTo(1);
        assertThat(measure("tpr", FOUR)).isInstanceOf(Measured.Of.class);
        assertThat(measure("fpr", FOUR).point()).isEqualTo(0.5);
        assertThat(measure("selection_rate", FOUR).point()).isEqualTo(0.75);
        assertThat(measure("brier", FOUR).point()).isCloseTo((0.04 + 0.25 + 0.36 + 0.01) / 4, within(1e-15));
        assertThat(measure("log_loss", FOUR).point())
                .isCloseTo(-(Math.log(0.8) + Math.log(0.5) + Math.log(0.4) + Math.log(0.9)) / 4, within(1e-15));
        assertThat(measure("ece", FOUR)).isInstanceOf(Measured.Point.class);
        assertThat(measure("ece", FOUR).point()).isCloseTo((0.2 + 0.5 + 0.6 + 0.1) / 4, within(1e-15));
    }

    @Test
    void a_certain_error_costs_a_finite_log_loss() {
        Scored wrong = Scored.of(new boolean[] {true, false}, new double[] {0, 1});
        assertThat(measure("log_loss", wrong).point()).isCloseTo(34.54, within(0.02));
    }

    @Test
    void every_name_leads_to_its_metric_and_no_other_name_does() {
        for (ScoreMetric metric : ScoreMetric.values()) {
            assertThat(Metric.named(metric.field())).contains(metric);
        }
        assertThat(Metric.named("tpr")).contains(ScoreMetric.RECALL);
        assertThat(Metric.named("ndcg_at_10")).contains(new RankingMetric(RankingMetric.Kind.NDCG, 10));
        assertThat(Metric.named("precision_at_5").orElseThrow().field()).isEqualTo("precision_at_5");
        for (String name : new String[] {"", "auc", "ROC_AUC", "ndcg_at_0", "ndcg_at_05", "ndcg_at_", "ndcg_at_10 "}) {
            assertThat(Metric.named(name)).as(name).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_data_gives_neither_an_exception_nor_a_number_that_is_none(ScoreMetric metric) {
        Scored[] odd = {
            Scored.of(new boolean[0], new double[0]),
            Scored.of(new boolean[] {true}, new double[] {0.3}),
            Scored.of(new boolean[] {false, false}, new double[] {0.3, 0.3}),
            Scored.of(new boolean[] {true, false}, new double[] {0, 1}),
            Scored.of(new boolean[] {true, false}, new double[] {-3, 1e300}),
            Scored.of(new boolean[] {true, false, true}, new double[] {0.3, 0.3, 0.3}),
            FOUR
        };
        for (Scored data : odd) {
            Measured measured = metric.measure(data, HALF);
            if (measured instanceof Measured.Of of) {
                Estimate estimate = of.influence().estimate();
                assertThat(of.influence().value()).isFinite();
                assertThat(estimate.standardError()).isNotNaN();
                assertThat(estimate.lower(0.95))
                        .isNotNaN()
                        .isLessThanOrEqualTo(of.influence().value());
                assertThat(metric.range().contains(of.influence().value())).isTrue();
            } else if (measured instanceof Measured.Undefined undefined) {
                assertThat(undefined.reason()).isNotBlank();
            }
        }
        assertThat(metric.measure(odd[0], HALF)).isEqualTo(new Measured.Undefined("no examples"));
    }

    @Test
    void a_metric_without_a_value_says_why() {
        Scored low = Scored.of(new boolean[] {true, false}, new double[] {0.1, 0.2});
        assertThat(measure("precision", low)).isEqualTo(new Measured.Undefined("nobody is predicted positive"));
        Scored negatives = Scored.of(new boolean[2], new double[2]);
        assertThat(measure("recall", negatives)).isEqualTo(new Measured.Undefined("no positive examples"));
        Scored positives = Scored.of(new boolean[] {true}, new double[1]);
        assertThat(measure("fpr", positives)).isEqualTo(new Measured.Undefined("no negative examples"));
        Scored beyond = Scored.of(new boolean[] {true, false}, new double[] {1.5, 0.2});
        for (String field :
                new String[] {"log_loss", "brier", "ece", "calibration_slope", "calibration_in_the_large"}) {
            assertThat(measure(field, beyond))
                    .isEqualTo(new Measured.Undefined("a score is not a probability in [0, 1]"));
        }
        assertThat(ScoreMetric.PRECISION.measure(FOUR, OptionalDouble.empty()))
                .isEqualTo(new Measured.Undefined("precision needs an operating threshold"));
    }

    @ParameterizedTest
    @EnumSource
    void the_order_of_the_examples_does_not_matter(ScoreMetric metric) {
        Scored data = Cases.tied(3, 700, 90).weighted(Cases.weights(3, 700)).clustered(Cases.clusters(3, 700, 60));
        Measured before = metric.measure(data, HALF);
        for (long seed = 0; seed < 4; seed++) {
            Scored moved = data.select(Cases.shuffled(seed, 700));
            Measured after = metric.measure(moved, HALF);
            String at = metric + ", seed " + seed;
            assertThat(after.point()).as(at).isCloseTo(before.point(), within(1e-13));
            if (before instanceof Measured.Of one && after instanceof Measured.Of other) {
                assertThat(other.influence().estimate(moved.clusters()).standardError())
                        .as(at)
                        .isCloseTo(one.influence().estimate(data.clusters()).standardError(), within(1e-14));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_weight_of_two_is_the_example_twice(ScoreMetric metric) {
        Scored data = Cases.tied(4, 200, 30);
        double[] weights = new double[200];
        Arrays.fill(weights, 0, 100, 2);
        Arrays.fill(weights, 100, 200, 1);
        int[] repeated = new int[300];
        for (int i = 0; i < 300; i++) {
            repeated[i] = i < 200 ? i : i - 200;
        }
        Scored twice = data.select(repeated).clustered(repeated);
        Measured weighted = metric.measure(data.weighted(weights), HALF);
        Measured copied = metric.measure(twice, HALF);
        assertThat(weighted.point()).isCloseTo(copied.point(), within(1e-12));
        if (weighted instanceof Measured.Of one && copied instanceof Measured.Of other) {
            assertThat(one.influence().estimate(data.clusters()).standardError())
                    .isCloseTo(other.influence().estimate(repeated).standardError(), within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_same_scores_differ_by_nothing_for_certain(ScoreMetric metric) {
        Scored data = Cases.tied(5, 300, 30).weighted(Cases.weights(5, 300));
        Measured difference = metric.measure(data, HALF).minus(metric.measure(data, HALF));
        assertThat(difference.point()).isZero();
        if (difference instanceof Measured.Of of) {
            assertThat(of.influence().estimate().degenerate()).isTrue();
            assertThat(of.influence().estimate(data.clusters()).degenerate()).isTrue();
        }
    }

    @Test
    void equal_values_have_a_mean_without_error() {
        boolean[] labels = new boolean[7];
        double[] scores = new double[7];
        Arrays.fill(scores, 0.1);
        Influence loss = Cases.influence(measure("log_loss", Scored.of(labels, scores)));
        assertThat(loss.estimate().degenerate()).isTrue();
        assertThat(loss.value()).isEqualTo(-Math.log(1 - 0.1));
    }
}
