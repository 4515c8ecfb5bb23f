package io.hallmark.core.gate;

import io.hallmark.core.gate.policy.Criterion;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.Rule;
import io.hallmark.core.gate.statistics.Noise;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Whether a gain is larger than what training the same recipe again does to the metric. */
final class TrainingNoise {

    private final GateCase gateCase;

    TrainingNoise(GateCase gateCase) {
        this.gateCase = gateCase;
    }

    /** The finding about a gain, seen against the noise floor. */
    Finding considered(Rule rule, Criterion.Change test, Quantity.Known difference, Finding found) {
        Optional<GatePolicy.TrainingNoise> asked =
                gateCase.policy().statistics().trainingNoise();
        if (asked.isEmpty() || test.min().isEmpty() || test.relative() || found.verdict() != Verdict.PASS) {
            return found;
        }
        List<BigDecimal> replicates = gateCase.history().replicates().getOrDefault(rule.metric(), List.of());
        if (replicates.size() < asked.get().replicates()) {
            return consequence(
                    asked.get(),
                    found,
                    "the noise of training is not known, the run has " + replicates.size() + " of "
                            + asked.get().replicates() + " replicates");
        }
        Noise noise = Noise.of(
                replicates.stream().mapToDouble(BigDecimal::doubleValue).toArray());
        BigDecimal spread = Decimals.of(noise.spread());
        return difference.value().compareTo(spread) > 0
                ? found
                : consequence(
                        asked.get(),
                        found,
                        "training the same recipe again moves the metric by " + Decimals.show(spread)
                                + ", as much as the gain");
    }

    private static Finding consequence(GatePolicy.TrainingNoise asked, Finding found, String reason) {
        return switch (asked.action()) {
            case WARN ->
                new Finding(found.verdict(), Optional.of("TRAINING_NOISE"), found.reason() + "; but " + reason);
            case REVIEW -> Finding.inconclusive("TRAINING_NOISE", reason);
            case REJECT -> Finding.fail("TRAINING_NOISE", reason);
        };
    }
}
