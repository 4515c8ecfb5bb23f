package io.hallmark.core.gate;

import java.math.BigDecimal;

/** Where a metric would be if the model were perfect. */
final class Ideal {

    private Ideal() {}

    /** 1 for a calibration slope, an accuracy or an AUC; 0 for losses, errors and what should not be off either way. */
    static BigDecimal of(String metric) {
        return switch (metric) {
            case "calibration_slope", "roc_auc", "accuracy", "precision", "recall", "tpr" -> BigDecimal.ONE;
            default -> BigDecimal.ZERO;
        };
    }
}
