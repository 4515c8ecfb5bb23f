package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Reading;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.Rule;
import io.hallmark.core.gate.policy.Rule.Groups;
import io.hallmark.core.gate.policy.Rule.Slice;
import io.hallmark.core.gate.statistics.Estimate;
import io.hallmark.core.gate.statistics.GroupGap;
import io.hallmark.core.gate.statistics.Scored;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How far a metric differs between the groups of a protected attribute. */
final class Gaps {

    private static final String GROUP_COLUMN = "group_";
    private static final String EVERY_COLUMN = "*";
    private static final Set<String> SHARES = Set.of("precision", "recall", "tpr", "fpr", "selection_rate", "accuracy");
    private static final Set<String> UNKNOWN = Set.of("", "unknown");

    private final Measuring measuring;
    private final Places places;

    Gaps(Measuring measuring, Places places) {
        this.measuring = measuring;
        this.places = places;
    }

    /** The columns whose combinations are the groups of one comparison. */
    record Attribute(List<String> columns) {

        Attribute {
            columns = List.copyOf(columns);
        }

        String label() {
            return String.join(" & ", columns);
        }
    }

    /**
     * The gap on one attribute.
     *
     * @param tooSmall groups below the minimum size, in words; they are not part of the gap
     * @param note what else should be known: the groups, and how many examples belong to none
     */
    record Gap(Quantity quantity, List<String> tooSmall, String note) {}

    /** The comparisons a rule asks for. */
    List<Attribute> attributes(Groups rule, GateCase.Variant variant) {
        Set<String> columns = new TreeSet<>();
        for (String attribute : rule.attributes()) {
            if (attribute.equals(EVERY_COLUMN)) {
                places.sizes(variant.name(), Side.CANDIDATE).keySet().stream()
                        .map(Slice::column)
                        .filter(column -> column.startsWith(GROUP_COLUMN))
                        .forEach(columns::add);
            } else {
                columns.add(attribute);
            }
        }
        List<Attribute> attributes = new ArrayList<>();
        columns.forEach(column -> attributes.add(new Attribute(List.of(column))));
        if (rule.intersections() && columns.size() > 1) {
            attributes.add(new Attribute(List.copyOf(columns)));
        }
        return attributes;
    }

    /** The gap of a side. */
    Gap gap(Rule rule, Groups groups, Attribute attribute, GateCase.Variant variant, Side side) {
        List<Place> found = groupsOf(attribute, variant, side);
        if (found.size() < 2) {
            return refused(
                    Verdict.ERROR,
                    "INSUFFICIENT_GROUPS",
                    "there are " + found.size() + " groups of " + attribute.label() + "; a comparison needs two");
        }
        List<GroupGap.Rate> rates = new ArrayList<>();
        Map<String, String> tooSmall = new TreeMap<>();
        List<String> shown = new ArrayList<>();
        long smallest = Long.MAX_VALUE;
        for (Place group : found) {
            String label = group.label().orElseThrow();
            long size = size(groups.sizeOf(), variant, side, group);
            if (size == 0 && measuring.examples(variant.name(), side).isEmpty()) {
                return refused(
                        Verdict.ERROR,
                        "INSUFFICIENT_GROUPS",
                        "the evidence does not say how many " + words(groups.sizeOf()) + " there are in " + label);
            }
            if (size < groups.minSize()) {
                tooSmall.put(label, label + " has " + size + " of " + groups.minSize() + " " + words(groups.sizeOf()));
                continue;
            }
            Quantity value = measuring.value(variant, side, rule.metric(), group);
            if (value instanceof Quantity.Unknown unknown) {
                return new Gap(unknown, List.of(), "");
            }
            Quantity.Known known = (Quantity.Known) value;
            smallest = Math.min(smallest, size);
            shown.add(label + " has " + Decimals.show(known.value()) + " of " + size + " " + words(groups.sizeOf()));
            long behind = size(denominator(rule.metric()), variant, side, group);
            rates.add(new GroupGap.Rate(label, known.value().doubleValue(), error(known, rule.metric(), behind)));
        }
        String note = String.join("; ", shown) + unknownShare(attribute, variant, side);
        List<String> small = List.copyOf(tooSmall.values());
        boolean undecided = groups.reference()
                .filter(reference -> tooSmall.containsKey(attribute.label() + "=" + reference))
                .isPresent();
        if (rates.size() < 2 || undecided) {
            return new Gap(
                    new Quantity.Unknown(
                            Verdict.INCONCLUSIVE, "GROUP_TOO_SMALL", "too small: " + String.join(", ", small)),
                    small,
                    note);
        }
        Quantity.Basis basis = measuring.examples(variant.name(), side).isPresent()
                ? Quantity.Basis.PREDICTIONS
                : Quantity.Basis.REPORT;
        return new Gap(aggregate(groups, attribute, rates, basis, smallest), small, note);
    }

    /** The gap; it is known as well as its smallest group. */
    private static Quantity aggregate(
            Groups groups, Attribute attribute, List<GroupGap.Rate> rates, Quantity.Basis basis, long smallest) {
        Optional<Estimate> gap = switch (groups.aggregator()) {
            case MAX_MIN -> GroupGap.maxMin(rates);
            case MAX_VS_REFERENCE ->
                GroupGap.maxVsReference(
                        rates, attribute.label() + "=" + groups.reference().orElseThrow());
            case RATIO -> GroupGap.ratio(rates);
        };
        if (gap.isEmpty()) {
            return new Quantity.Unknown(
                    Verdict.ERROR,
                    "INSUFFICIENT_GROUPS",
                    "there is nothing to compare with: no reference group, or a rate of zero");
        }
        return new Quantity.Known(Decimals.of(gap.get().value()), gap, false, Optional.of(smallest), basis);
    }

    private List<Place> groupsOf(Attribute attribute, GateCase.Variant variant, Side side) {
        Set<Slice> slices = places.sizes(variant.name(), side).keySet();
        List<List<Slice>> combinations = List.of(List.of());
        for (String column : attribute.columns()) {
            List<List<Slice>> longer = new ArrayList<>();
            for (List<Slice> before : combinations) {
                slices.stream()
                        .filter(slice -> slice.column().equals(column) && !UNKNOWN.contains(slice.value()))
                        .sorted()
                        .forEach(slice -> {
                            List<Slice> with = new ArrayList<>(before);
                            with.add(slice);
                            longer.add(with);
                        });
            }
            combinations = longer;
        }
        return combinations.stream().map(Place::intersection).toList();
    }

    private long size(Groups.SizeOf of, GateCase.Variant variant, Side side, Place group) {
        Optional<Examples> examples = measuring.examples(variant.name(), side);
        if (examples.isPresent()) {
            Scored scored = Measuring.scored(examples.get(), side, group);
            return switch (of) {
                case ROWS -> scored.size();
                case POSITIVES -> scored.positives();
                case NEGATIVES -> scored.negatives();
                case PREDICTED_POSITIVES -> predictedPositives(scored, measuring.threshold(side));
            };
        }
        Optional<Report> report = measuring.admission().report(variant.name(), side);
        Map<String, Reading> readings = report.flatMap(found ->
                        group.slice().map(slice -> found.slices().getOrDefault(slice, Map.of())))
                .orElse(Map.of());
        long rows = Measuring.count(readings, "n").orElse(0L);
        long positives = Measuring.count(readings, "positives").orElse(0L);
        return switch (of) {
            case ROWS -> rows;
            case POSITIVES -> positives;
            case NEGATIVES -> rows - positives;
            case PREDICTED_POSITIVES ->
                Measuring.count(readings, "predicted_positives").orElse(0L);
        };
    }

    private static long predictedPositives(Scored scored, OptionalDouble threshold) {
        long count = 0;
        for (int row = 0; row < scored.size() && threshold.isPresent(); row++) {
            count += scored.score(row) >= threshold.getAsDouble() ? 1 : 0;
        }
        return count;
    }

    /** What a share is a share of. */
    private static Groups.SizeOf denominator(String metric) {
        return switch (metric) {
            case "precision" -> Groups.SizeOf.PREDICTED_POSITIVES;
            case "recall", "tpr" -> Groups.SizeOf.POSITIVES;
            case "fpr" -> Groups.SizeOf.NEGATIVES;
            default -> Groups.SizeOf.ROWS;
        };
    }

    /** A reported share of n knows its own error; other reported values know it only if they came with one. */
    private static double error(Quantity.Known value, String metric, long n) {
        Optional<BigDecimal> given = value.standardError();
        double p = value.value().doubleValue();
        boolean share = SHARES.contains(metric) && n > 0 && p >= 0 && p <= 1;
        return given.map(BigDecimal::doubleValue)
                .orElseGet(() -> share ? StrictMath.sqrt(p * (1 - p) / n) : Double.POSITIVE_INFINITY);
    }

    private String unknownShare(Attribute attribute, GateCase.Variant variant, Side side) {
        long unknown = 0;
        long all = 0;
        for (var entry : places.sizes(variant.name(), side).entrySet()) {
            if (attribute.columns().contains(entry.getKey().column())) {
                all += entry.getValue().rows();
                unknown += UNKNOWN.contains(entry.getKey().value())
                        ? entry.getValue().rows()
                        : 0;
            }
        }
        return unknown == 0 ? "" : "; " + unknown + " of " + all + " examples belong to no known group";
    }

    static String words(Groups.SizeOf of) {
        return switch (of) {
            case ROWS -> "examples";
            case POSITIVES -> "positive examples";
            case NEGATIVES -> "negative examples";
            case PREDICTED_POSITIVES -> "predicted positives";
        };
    }

    private static Gap refused(Verdict verdict, String code, String reason) {
        return new Gap(new Quantity.Unknown(verdict, code, reason), List.of(), "");
    }
}
