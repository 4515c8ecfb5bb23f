package io.hallmark.core.gate.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/** The metrics of binary labels and scores. Weighted rows count by their weight. */
public enum ScoreMetric implements Metric {
    ROC_AUC("roc_auc", Direction.HIGHER, Unit.FRACTION, 0, 1, false),
    /** Mean of {@code -ln p(label)}, scores clipped to [1e-15, 1 - 1e-15]. */
    LOG_LOSS("log_loss", Direction.LOWER, Unit.NATS, 0, Double.POSITIVE_INFINITY, false),
    BRIER("brier", Direction.LOWER, Unit.FRACTION, 0, 1, false),
    ACCURACY("accuracy", Direction.HIGHER, Unit.FRACTION, 0, 1, true),
    PRECISION("precision", Direction.HIGHER, Unit.FRACTION, 0, 1, true),
    RECALL("recall", Direction.HIGHER, Unit.FRACTION, 0, 1, true),
    FPR("fpr", Direction.LOWER, Unit.FRACTION, 0, 1, true),
    SELECTION_RATE("selection_rate", Direction.NONE, Unit.FRACTION, 0, 1, true),
    /** {@code b} of {@link Calibration}; 1 is ideal. */
    CALIBRATION_SLOPE(
            "calibration_slope", Direction.NONE, Unit.RATIO, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false),
    /** {@code a} of {@link Calibration}; 0 is ideal. */
    CALIBRATION_INTERCEPT(
            "calibration_intercept",
            Direction.NONE,
            Unit.NATS,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            false),
    /** {@code a} of {@link Calibration} with {@code b = 1}; 0 is ideal. */
    CALIBRATION_IN_THE_LARGE(
            "calibration_in_the_large",
            Direction.NONE,
            Unit.NATS,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            false),
    /** Over ten bins of equal width; biased upward in small samples and without influences, so a point only. */
    ECE("ece", Direction.LOWER, Unit.FRACTION, 0, 1, false);

    private final String field;
    private final Direction direction;
    private final Unit unit;
    private final double least;
    private final double most;
    private final boolean needsThreshold;

    ScoreMetric(String field, Direction direction, Unit unit, double least, double most, boolean needsThreshold) {
        this.field = field;
        this.direction = direction;
        this.unit = unit;
        this.least = least;
        this.most = most;
        this.needsThreshold = needsThreshold;
    }

    static Optional<ScoreMetric> byField(String field) {
        String name = field.equals("tpr") ? "recall" : field;
        return Arrays.stream(values())
                .filter(metric -> metric.field.equals(name))
                .findFirst();
    }

    @Override
    public String field() {
        return field;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public Unit unit() {
        return unit;
    }

    @Override
    public Range range() {
        return new Range(least, most);
    }

    @Override
    public boolean needsThreshold() {
        return needsThreshold;
    }

    @Override
    public boolean needsQueries() {
        return false;
    }

    @Override
    public Measured measure(Scored scored, OptionalDouble threshold) {
        if (scored.size() == 0) {
            return new Measured.Undefined("no examples");
        }
        if (needsThreshold && threshold.isEmpty()) {
            return new Measured.Undefined(field + " needs an operating threshold");
        }
        return measure(scored, threshold.orElse(0));
    }

    private Measured measure(Scored scored, double threshold) {
        return switch (this) {
            case ROC_AUC -> DeLong.auc(scored);
            case LOG_LOSS -> Means.logLoss(scored);
            case BRIER -> Means.brier(scored);
            case ACCURACY -> Means.accuracy(scored, threshold);
            case PRECISION -> Shares.precision(scored, threshold);
            case RECALL -> Shares.recall(scored, threshold);
            case FPR -> Shares.falsePositiveRate(scored, threshold);
            case SELECTION_RATE -> Means.selectionRate(scored, threshold);
            case CALIBRATION_SLOPE -> Calibration.slope(scored);
            case CALIBRATION_INTERCEPT -> Calibration.intercept(scored);
            case CALIBRATION_IN_THE_LARGE -> Calibration.inTheLarge(scored);
            case ECE -> Means.expectedCalibrationError(scored);
        };
    }
}
