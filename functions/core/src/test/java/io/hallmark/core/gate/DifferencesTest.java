package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Where the error of a difference comes from. */
class DifferencesTest {

    private static final Examples PLAIN = Sample.of(21, 400, 2.2, 1.2).examples();

    private static Json.Obj accuracy(Examples examples, String method) {
        return Trial.rules("{id: r, metric: accuracy, unit: fraction, change: {min: '0.001', method: " + method + "}}")
                .examples(examples)
                .check("r")
                .object("numbers");
    }

    private static double error(Json.Obj numbers) {
        return numbers.decimal("standardError").doubleValue();
    }

    /** The same rows as two halves of one person each, or with a weight. */
    private static Examples with(Optional<double[]> weights, Optional<int[]> clusters) {
        return new Examples(
                PLAIN.labels(),
                Map.of(
                        Side.CANDIDATE, PLAIN.scores(Side.CANDIDATE).orElseThrow(),
                        Side.BASELINE, PLAIN.scores(Side.BASELINE).orElseThrow()),
                weights,
                clusters,
                PLAIN.columns());
    }

    private static int[] pairs() {
        int[] clusters = new int[PLAIN.size()];
        for (int row = 0; row < clusters.length; row++) {
            clusters[row] = row / 8;
        }
        return clusters;
    }

    private static double[] growing() {
        double[] weights = new double[PLAIN.size()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = 1 + row % 7;
        }
        return weights;
    }

    @Test
    void each_method_has_an_error_of_its_own_and_all_are_close() {
        Set<Double> errors = new TreeSet<>();
        for (String method : new String[] {"auto", "mcnemar", "bootstrap"}) {
            errors.add(error(accuracy(PLAIN, method)));
        }
        double auto = error(accuracy(PLAIN, "auto"));

        assertThat(errors).hasSize(3).allSatisfy(error -> assertThat(error).isCloseTo(auto, Offset.offset(auto / 10)));
        assertThat(error(accuracy(PLAIN, "pairedT"))).isEqualTo(auto);
    }

    @Test
    void mcnemar_counts_single_examples_and_leaves_clusters_and_weights_to_others() {
        Examples clustered = with(Optional.empty(), Optional.of(pairs()));
        Examples weighted = with(Optional.of(growing()), Optional.empty());

        assertThat(accuracy(clustered, "mcnemar"))
                .isEqualTo(accuracy(clustered, "auto").with("asked", asked()));
        assertThat(accuracy(weighted, "mcnemar"))
                .isEqualTo(accuracy(weighted, "auto").with("asked", asked()));
        assertThat(error(accuracy(clustered, "mcnemar"))).isNotEqualTo(error(accuracy(PLAIN, "mcnemar")));
    }

    private static String asked() {
        return accuracy(PLAIN, "auto").text("asked");
    }

    @Test
    void a_metric_without_influences_is_resampled() {
        Json.Obj numbers = Trial.rules("{id: r, metric: ece, unit: fraction, change: {min: '0.001'}}")
                .examples(PLAIN)
                .check("r")
                .object("numbers");

        assertThat(error(numbers)).isPositive();
    }

    @Test
    void different_thresholds_cannot_be_counted_by_mcnemar() {
        Trial trial = Trial.rules("{id: r, metric: accuracy, unit: fraction, change: {min: '0.001', method: mcnemar}}")
                .examples(PLAIN);
        GateCase same = trial.gateCase();
        GateCase.Comparison baseline = same.baseline().orElseThrow();
        GateCase other = new GateCase(
                same.policy(),
                same.target(),
                same.profile(),
                same.candidate(),
                Optional.of(new GateCase.Comparison(
                        baseline.exhibit(),
                        baseline.ref(),
                        baseline.epoch(),
                        Optional.of(new java.math.BigDecimal("0.4")))),
                Optional.empty(),
                same.scores(),
                same.history(),
                Optional.empty(),
                Optional.empty(),
                same.actor(),
                same.at());

        assertThat(Judge.decide(other).checks().get(2).object("numbers").decimal("standardError"))
                .isNotEqualByComparingTo(trial.check("r").object("numbers").decimal("standardError"));
    }

    @Test
    void the_size_of_the_baseline_is_no_evidence() {
        Trial trial = Trial.rules("{id: r, metric: artifact_bytes, unit: bytes, change: {min: 0, mode: point}}")
                .reported("{n: 1}", "{n: 1}");

        assertThat(trial.verdict("r")).isEqualTo("ERROR METRIC_MISSING");
    }

    @Test
    void a_drop_is_recorded_as_the_difference_to_the_parent() {
        Trial trial = Trial.rules("{id: r, profile: mobile, metric: log_loss, unit: number, maxDrop: '0.02'}")
                .reported(Side.CANDIDATE, "{log_loss: 0.3}")
                .reported(
                        Side.CANDIDATE,
                        new Edit(Trial.report(Side.CANDIDATE, "{log_loss: 0.31}"))
                                .variant("int8")
                                .report())
                .variants(Trial.PLAIN, new GateCase.Variant("int8", Optional.of("mobile"), 5, Optional.of("default")));

        assertThat(trial.verdict("r")).isEqualTo("PASS");
        assertThat(trial.check("r").object("numbers").without("asked"))
                .isEqualTo(Texts.yaml("{value: 0.31, baseline: 0.3, difference: -0.01, basis: report}"));
    }

    @Test
    void a_report_of_no_calls_has_no_latencies() {
        Trial trial = Trial.rules("{id: r, metric: latency_p99, max: '5 ms'}")
                .reported(Side.CANDIDATE, "{n: 1}")
                .changed(Side.CANDIDATE, report -> report.latency(Map.of(3, 0L), Optional.empty(), Json.object()));

        assertThat(trial.verdict("r")).isEqualTo("ERROR METRIC_MISSING");
    }
}
