package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Exhibit;
import io.hallmark.core.gate.evidence.Reading;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.Rule.Slice;
import io.hallmark.core.gate.statistics.Estimate;
import io.hallmark.core.gate.statistics.Measured;
import io.hallmark.core.gate.statistics.Metric;
import io.hallmark.core.gate.statistics.Scored;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds the numbers that rules ask for: computed from predictions where there are any, as reported where there are none,
 * counted where the registry holds the bytes itself.
 */
final class Measuring {

    /** The bytes of a variant's files. */
    static final String BYTES = "artifact_bytes";

    private static final int COUNT_DIGITS = 18;

    /** How many examples there are. */
    static final String COUNT = "n";

    private final GateCase gateCase;
    private final Admission admission;

    Measuring(GateCase gateCase) {
        this.gateCase = gateCase;
        this.admission = new Admission(gateCase);
    }

    /** The metric of one side. */
    Quantity value(GateCase.Variant variant, Side side, String metric, Place place) {
        if (metric.equals(BYTES)) {
            return bytes(variant, side);
        }
        Optional<Quantity.Unknown> refused = admission.refusal(variant.name(), side);
        if (refused.isPresent()) {
            return refused.get();
        }
        Report report = report(variant.name(), side);
        if (LatencyQuantile.names(metric)) {
            return LatencyQuantile.of(
                    metric, report, gateCase.policy().statistics().confidence());
        }
        Optional<Metric> known = Metric.named(metric);
        Optional<Examples> examples = examples(variant.name(), side);
        if (metric.equals(COUNT) && examples.isPresent()) {
            return Quantity.Known.counted(place.rows(examples.get()).length);
        }
        if (known.isPresent() && examples.isPresent()) {
            Metric computed = known.get();
            if (computed.needsThreshold() && threshold(side).isEmpty()) {
                return new Quantity.Unknown(
                        Verdict.ERROR,
                        "THRESHOLD_MISSING",
                        metric + " needs the operating threshold of the version, and its manifest has none");
            }
            Scored scored = scored(examples.get(), side, place);
            return scored.size() == 0
                    ? missing(place)
                    : quantity(metric, computed.measure(scored, threshold(side)), scored);
        }
        return reported(report, metric, place);
    }

    private static Quantity bytes(GateCase.Variant variant, Side side) {
        return side == Side.CANDIDATE
                ? Quantity.Known.counted(variant.bytes())
                : new Quantity.Unknown(
                        Verdict.ERROR, "METRIC_MISSING", "the size of the " + words(side) + " is not evidence");
    }

    /** What measuring gave, with the uncertainty that fits the examples. */
    static Quantity quantity(String metric, Measured measured, Scored scored) {
        if (measured instanceof Measured.Undefined none) {
            return new Quantity.Unknown(Verdict.INCONCLUSIVE, "UNDEFINED", metric + ": " + none.reason());
        }
        return new Quantity.Known(
                Decimals.of(measured.point()),
                estimate(measured, scored),
                false,
                Optional.of((long) scored.size()),
                Quantity.Basis.PREDICTIONS);
    }

    /** The estimate of what was measured: by cluster where examples belong together. */
    static Optional<Estimate> estimate(Measured measured, Scored scored) {
        if (measured instanceof Measured.Of of) {
            return Optional.of(
                    scored.isClustered()
                            ? of.influence().estimate(scored.clusters())
                            : of.influence().estimate());
        }
        return Optional.empty();
    }

    private static Quantity reported(Report report, String metric, Place place) {
        Map<String, Reading> readings;
        if (place.everywhere()) {
            readings = report.overall();
        } else {
            Optional<Slice> slice = place.slice();
            if (slice.isEmpty()) {
                return new Quantity.Unknown(
                        Verdict.INCONCLUSIVE,
                        "NO_PREDICTIONS",
                        "slices can only be taken together where there are predictions");
            }
            if (!report.slices().containsKey(slice.get())) {
                return missing(place);
            }
            readings = report.slices().get(slice.get());
        }
        return reading(readings, metric);
    }

    private static Quantity reading(Map<String, Reading> readings, String metric) {
        Reading reading = readings.get(metric);
        if (reading instanceof Reading.Broken broken) {
            return new Quantity.Unknown(Verdict.ERROR, broken.code(), broken.reason());
        }
        if (reading instanceof Reading.Value found) {
            Optional<Estimate> error = found.standardError()
                    .map(se -> new Estimate.Normal(found.value().doubleValue(), se.doubleValue()));
            Optional<Long> n = found.n().or(() -> count(readings, COUNT));
            return new Quantity.Known(found.value(), error, false, n, Quantity.Basis.REPORT);
        }
        return new Quantity.Unknown(Verdict.ERROR, "METRIC_MISSING", "the evidence has no " + metric);
    }

    /** A count such as {@code n} among reported readings; empty for what cannot be counted. */
    static Optional<Long> count(Map<String, Reading> readings, String name) {
        return Optional.ofNullable(readings.get(name))
                .filter(Reading.Value.class::isInstance)
                .map(reading -> ((Reading.Value) reading).value())
                .filter(value -> value.scale() <= 0 && value.precision() - value.scale() <= COUNT_DIGITS)
                .map(BigDecimal::longValueExact);
    }

    private static Quantity.Unknown missing(Place place) {
        return new Quantity.Unknown(
                Verdict.ERROR,
                "SLICE_MISSING",
                "the evidence has nothing on " + place.label().orElse("any example"));
    }

    /** The report of one side; {@link Admission} has said that it is there. */
    Report report(String variant, Side side) {
        return admission.report(variant, side).orElseThrow();
    }

    /** Why two latencies say nothing about each other; empty if they do, and for everything that is no latency. */
    Optional<Quantity.Unknown> otherMachine(Quantity value, String variant, Side side, String other, Side otherSide) {
        boolean latency = value instanceof Quantity.Known known && known.basis() == Quantity.Basis.LATENCY;
        return latency
                ? ProfileFit.apart(
                        report(variant, side).latency().orElseThrow(),
                        report(other, otherSide).latency().orElseThrow())
                : Optional.empty();
    }

    Admission admission() {
        return admission;
    }

    /** The examples of a variant, if they have the scores of this side. */
    Optional<Examples> examples(String variant, Side side) {
        return gateCase.scores()
                .getOrDefault(variant, GateCase.Scores.NONE)
                .examples()
                .filter(found -> found.scores(side).isPresent());
    }

    /** The labelled scores of one side in a place. */
    static Scored scored(Examples examples, Side side, Place place) {
        byte[] labels = examples.labels();
        boolean[] positive = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            positive[i] = labels[i] == 1;
        }
        Scored scored = Scored.of(positive, examples.scores(side).orElseThrow());
        if (examples.weights().isPresent()) {
            scored = scored.weighted(examples.weights().get());
        }
        if (examples.clusters().isPresent()) {
            scored = scored.clustered(examples.clusters().get());
        }
        return place.everywhere() ? scored : scored.select(place.rows(examples));
    }

    /** The operating threshold of a side's own version. */
    OptionalDouble threshold(Side side) {
        Optional<BigDecimal> threshold = switch (side) {
            case CANDIDATE -> gateCase.candidate().threshold();
            case BASELINE -> gateCase.baseline().flatMap(GateCase.Comparison::threshold);
            case ANCHOR -> gateCase.anchor().flatMap(GateCase.Comparison::threshold);
        };
        return threshold.map(value -> OptionalDouble.of(value.doubleValue())).orElse(OptionalDouble.empty());
    }

    static String words(Side side) {
        return side.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The exhibit of a side, if there is one. */
    static Optional<Exhibit> exhibit(GateCase gateCase, Side side) {
        return switch (side) {
            case CANDIDATE -> Optional.of(gateCase.candidate().exhibit());
            case BASELINE -> gateCase.baseline().map(GateCase.Comparison::exhibit);
            case ANCHOR -> gateCase.anchor().map(GateCase.Comparison::exhibit);
        };
    }
}
