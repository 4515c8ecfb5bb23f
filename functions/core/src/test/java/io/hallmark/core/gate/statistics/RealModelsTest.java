package io.hallmark.core.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every number that separate code found for the really trained models. */
class RealModelsTest {

    private static final String[] FIELDS = {
        "roc_auc", "log_loss", "brier", "accuracy", "precision", "recall", "calibration_slope", "calibration_intercept"
    };

    /** What rests on an iteration, whose recorded end is up to 6e-9 short of the maximum of the likelihood. */
    private static final Set<String> ITERATED =
            Set.of("calibration_slope", "calibration_intercept", "calibration_slope_se");

    private static final double SHORT = 1e-8;

    private final Map<String, Scored> versions = new HashMap<>();
    private final Map<String, int[]> parts = new HashMap<>();

    static List<RealModels> tasks() {
        return RealModels.all();
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void every_metric_of_every_slice_is_the_recorded_one(RealModels models) {
        int compared = 0;
        for (RealModels.Row row : models.table("metrics.csv")) {
            Scored data = part(models, row, "model");
            assertThat(data.size()).isEqualTo(Integer.parseInt(row.get("n")));
            assertThat(data.positives()).isEqualTo(Integer.parseInt(row.get("positives")));
            for (String field : FIELDS) {
                Metric metric = Metric.named(field).orElseThrow();
                Measured measured = metric.measure(data, models.threshold());
                same(row, field, measured.point());
                assertThat(metric.range().contains(measured.point())).isTrue();
                compared++;
            }
            same(
                    row,
                    "calibration_slope_se",
                    Calibration.fit(data).orElseThrow().slopeError());
        }
        assertThat(compared).isGreaterThanOrEqualTo(8 * 7 * 2);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void every_comparison_of_auc_is_the_recorded_one(RealModels models) {
        for (RealModels.Row row : models.table("delong.csv")) {
            Scored candidate = part(models, row, "candidate");
            Influence mine = influence(ScoreMetric.ROC_AUC, candidate, models);
            Influence base = influence(ScoreMetric.ROC_AUC, part(models, row, "baseline"), models);
            Influence difference = mine.minus(base);
            Estimate estimate = difference.estimate();
            same(row, "auc_candidate", mine.value());
            same(row, "auc_baseline", base.value());
            same(row, "var_candidate", squared(mine.estimate().standardError()));
            same(row, "var_baseline", squared(base.estimate().standardError()));
            same(row, "difference", estimate.value());
            same(row, "se", estimate.standardError());
            same(
                    row,
                    "se_cluster_robust",
                    difference.estimate(candidate.clusters()).standardError());
            assertThat(estimate.degenerate()).isEqualTo(row.get("z").isEmpty());
            if (!estimate.degenerate()) {
                same(row, "ci95_low", estimate.lower(0.975));
                same(row, "ci95_high", estimate.upper(0.975));
                same(row, "lcb95_one_sided", estimate.lower(0.95));
                same(row, "p_one_sided_greater", estimate.pValueAbove(0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void every_difference_of_calibration_slopes_is_the_recorded_one(RealModels models) {
        for (RealModels.Row row : models.table("calibration-slope-difference.csv")) {
            Estimate difference = difference(ScoreMetric.CALIBRATION_SLOPE, models, row);
            assertThat(difference.value()).isCloseTo(number(row, "difference"), within(SHORT));
            assertThat(difference.standardError()).isCloseTo(number(row, "se_paired"), within(SHORT));
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void every_difference_of_precision_is_the_recorded_one(RealModels models) {
        for (RealModels.Row row : models.table("precision-difference.csv")) {
            Estimate difference = difference(ScoreMetric.PRECISION, models, row);
            same(row, "difference", difference.value());
            same(row, "se_paired", difference.standardError());
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void every_precision_gap_between_groups_is_the_recorded_one(RealModels models) {
        for (RealModels.Row row : models.table("precision-gap.csv")) {
            List<GroupGap.Rate> rates = new ArrayList<>();
            List<Influence> whole = new ArrayList<>();
            for (String group : List.of("first", "second")) {
                int[] rows = models.rows(row.get("column"), row.get(group));
                Scored all = models.scored(row.get("model"));
                Influence precision = influence(ScoreMetric.PRECISION, all.select(rows), models);
                same(row, group + "_precision", precision.value());
                rates.add(new GroupGap.Rate(
                        row.get(group), precision.value(), precision.estimate().standardError()));
                whole.add(precision.within(rows, all.size()));
            }
            Estimate gap = GroupGap.maxMin(rates).orElseThrow();
            double signed = Double.parseDouble(row.get("gap"));
            assertThat(gap.value()).isCloseTo(Math.abs(signed), within(1e-11));
            same(row, "se", gap.standardError());
            double low = signed > 0 ? number(row, "ci95_low") : -number(row, "ci95_high");
            assertThat(gap.lower(0.95)).isCloseTo(low, within(1e-11));
            Estimate same = GroupGap.maxMin(whole, Influence::estimate).orElseThrow();
            assertThat(same.lower(0.95)).isCloseTo(gap.lower(0.95), within(1e-12));
            assertThat(same.upper(0.95)).isCloseTo(gap.upper(0.95), within(1e-12));
        }
    }

    private Estimate difference(Metric metric, RealModels models, RealModels.Row row) {
        return influence(metric, part(models, row, "candidate"), models)
                .minus(influence(metric, part(models, row, "baseline"), models))
                .estimate();
    }

    private static Influence influence(Metric metric, Scored data, RealModels models) {
        return ((Measured.Of) metric.measure(data, models.threshold())).influence();
    }

    private Scored part(RealModels models, RealModels.Row row, String version) {
        Scored all = versions.computeIfAbsent(models.task() + row.get(version), any -> models.scored(row.get(version)));
        return all.select(parts.computeIfAbsent(
                models.task() + row.get("column") + row.get("value"),
                any -> models.rows(row.get("column"), row.get("value"))));
    }

    private static void same(RealModels.Row row, String column, double found) {
        double recorded = number(row, column);
        double offset = Math.max(1e-11 * Math.abs(recorded), ITERATED.contains(column) ? SHORT : 2e-14);
        assertThat(found).as(column + " of " + row).isCloseTo(recorded, within(offset));
    }

    private static double number(RealModels.Row row, String column) {
        return Double.parseDouble(row.get(column));
    }

    private static double squared(double value) {
        return value * value;
    }
}
