package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Reading;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.Rule.Slice;
import io.hallmark.core.gate.policy.Rule.Slices;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Turns what a rule says about slices into concrete ones. The candidate's data never choose. */
final class Places {

    private static final String SLICE_COLUMN = "slice_";

    private final GateCase gateCase;
    private final Measuring measuring;

    Places(GateCase gateCase, Measuring measuring) {
        this.gateCase = gateCase;
        this.measuring = measuring;
    }

    /**
     * The slices of a rule.
     *
     * @param places those that are large enough, or are to be judged anyway
     * @param findings slices that are there and decide nothing, and slices that should be there and are not
     * @param unexpected slices of the candidate that the baseline does not have
     */
    record Resolved(List<Place> places, List<Settled> findings, Set<Slice> unexpected) {}

    /** A slice on which nothing needs to be measured. */
    record Settled(Place place, Finding finding, Optional<Long> n) {}

    /** How large a slice is. */
    record Size(long rows, long positives, long negatives, BigDecimal weight) {}

    Resolved resolve(Slices rule, GateCase.Variant variant) {
        Map<Slice, Size> mine = sizes(variant.name(), Side.CANDIDATE);
        Map<Slice, Size> theirs = sizes(variant.name(), Side.BASELINE);
        Choice choice = choose(rule.choice(), variant, mine, theirs);
        List<Place> large = new ArrayList<>();
        List<Settled> settled = new ArrayList<>(choice.problems());
        Map<String, Map<Slice, Size>> small = new TreeMap<>();
        for (Slice slice : choice.slices()) {
            Size size = mine.get(slice);
            if (size == null || size.rows() == 0) {
                settled.add(new Settled(
                        Place.of(slice),
                        new Finding(
                                Verdict.ERROR,
                                Optional.of("SLICE_MISSING"),
                                "the candidate's evidence has nothing on " + slice),
                        Optional.empty()));
            } else if (tooSmall(rule, size)) {
                small.computeIfAbsent(slice.column(), column -> new TreeMap<>()).put(slice, size);
            } else {
                large.add(Place.of(slice));
            }
        }
        for (Map<Slice, Size> column : small.values()) {
            pool(rule, column, large, settled);
        }
        Set<Slice> unexpected = new TreeSet<>(mine.keySet());
        unexpected.removeAll(theirs.keySet());
        return new Resolved(large, settled, theirs.isEmpty() ? Set.of() : unexpected);
    }

    private static void pool(Slices rule, Map<Slice, Size> small, List<Place> large, List<Settled> settled) {
        Size together = new Size(
                small.values().stream().mapToLong(Size::rows).sum(),
                small.values().stream().mapToLong(Size::positives).sum(),
                small.values().stream().mapToLong(Size::negatives).sum(),
                BigDecimal.ZERO);
        if (rule.pool() && !tooSmall(rule, together)) {
            large.add(Place.pooled(List.copyOf(small.keySet())));
            return;
        }
        small.forEach((slice, size) -> settled.add(new Settled(
                Place.of(slice),
                Finding.inconclusive(
                        "SLICE_TOO_SMALL",
                        size.rows() + " examples (" + size.positives() + " positive, " + size.negatives()
                                + " negative) are too few; the rule asks for " + asked(rule)),
                Optional.of(size.rows()))));
    }

    private static boolean tooSmall(Slices rule, Size size) {
        return size.rows() < rule.minSize()
                || size.positives() < rule.minPositives()
                || size.negatives() < rule.minNegatives();
    }

    private static String asked(Slices rule) {
        List<String> asked = new ArrayList<>();
        if (rule.minSize() > 1) {
            asked.add(rule.minSize() + " examples");
        }
        if (rule.minPositives() > 0) {
            asked.add(rule.minPositives() + " positive");
        }
        if (rule.minNegatives() > 0) {
            asked.add(rule.minNegatives() + " negative");
        }
        return String.join(", ", asked);
    }

    private record Choice(List<Slice> slices, List<Settled> problems) {}

    private Choice choose(
            Slices.Choice choice, GateCase.Variant variant, Map<Slice, Size> mine, Map<Slice, Size> theirs) {
        if (choice instanceof Slices.Choice.Named named) {
            return new Choice(named.slices().stream().sorted().toList(), List.of());
        }
        if (choice instanceof Slices.Choice.TopK top) {
            return top(top, variant, theirs);
        }
        List<String> columns = ((Slices.Choice.All) choice).columns();
        Set<Slice> all = new TreeSet<>(mine.keySet());
        all.addAll(theirs.keySet());
        all.removeIf(slice -> !columns.contains(slice.column()));
        List<Settled> problems = columns.stream()
                .filter(column -> all.stream().noneMatch(slice -> slice.column().equals(column)))
                .map(column -> problem("SLICE_MISSING", "the evidence has no column " + column))
                .toList();
        return new Choice(List.copyOf(all), problems);
    }

    private Choice top(Slices.Choice.TopK top, GateCase.Variant variant, Map<Slice, Size> theirs) {
        Map<Slice, BigDecimal> ranks = new TreeMap<>(ranks(top, variant, theirs));
        ranks.keySet().removeIf(slice -> !eligible(top, slice));
        if (ranks.size() < top.k()) {
            return new Choice(
                    List.of(),
                    List.of(problem(
                            "SLICE_MISSING",
                            "the rule asks for the top " + top.k() + " slices and there are " + ranks.size())));
        }
        List<Slice> largest = ranks.entrySet().stream()
                .sorted(Map.Entry.<Slice, BigDecimal>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(top.k())
                .map(Map.Entry::getKey)
                .toList();
        return new Choice(largest, List.of());
    }

    private static boolean eligible(Slices.Choice.TopK top, Slice slice) {
        return top.columns().isEmpty()
                ? slice.column().startsWith(SLICE_COLUMN)
                : top.columns().contains(slice.column());
    }

    /** By the traffic snapshot that came with the baseline; by the baseline's own data where there is none. */
    private Map<Slice, BigDecimal> ranks(Slices.Choice.TopK top, GateCase.Variant variant, Map<Slice, Size> theirs) {
        Map<Slice, BigDecimal> traffic = measuring
                .admission()
                .report(variant.name(), Side.BASELINE)
                .map(Report::traffic)
                .orElse(Map.of());
        if (top.by() == Slices.By.TRAFFIC && !traffic.isEmpty()) {
            return traffic;
        }
        return theirs.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> top.by() == Slices.By.WEIGHT
                                ? entry.getValue().weight()
                                : BigDecimal.valueOf(entry.getValue().rows())));
    }

    private static Settled problem(String code, String reason) {
        return new Settled(Place.EVERYWHERE, new Finding(Verdict.ERROR, Optional.of(code), reason), Optional.empty());
    }

    /** How large each slice of a side is, from its examples or else from its report. */
    Map<Slice, Size> sizes(String variant, Side side) {
        Optional<Examples> examples = measuring.examples(variant, side);
        if (examples.isPresent()) {
            return counted(examples.get());
        }
        if (Measuring.exhibit(gateCase, side).isEmpty()) {
            return Map.of();
        }
        return measuring.admission().report(variant, side).map(Report::slices).orElse(Map.of()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> reported(entry.getValue())));
    }

    private static Size reported(Map<String, Reading> readings) {
        long rows = Measuring.count(readings, "n").orElse(0L);
        long positives = Measuring.count(readings, "positives").orElse(0L);
        return new Size(rows, positives, rows - positives, BigDecimal.valueOf(rows));
    }

    private static Map<Slice, Size> counted(Examples examples) {
        Map<Slice, Size> sizes = new TreeMap<>();
        byte[] labels = examples.labels();
        Optional<double[]> weights = examples.weights();
        examples.columns().forEach((name, column) -> {
            int count = column.values().size();
            long[] rows = new long[count];
            long[] positives = new long[count];
            double[] weight = new double[count];
            int[] codes = column.codes();
            for (int row = 0; row < codes.length; row++) {
                rows[codes[row]]++;
                positives[codes[row]] += labels[row];
                weight[codes[row]] += weights.isPresent() ? weights.get()[row] : 1;
            }
            for (int code = 0; code < count; code++) {
                sizes.put(
                        new Slice(name, column.values().get(code)),
                        new Size(rows[code], positives[code], rows[code] - positives[code], Decimals.of(weight[code])));
            }
        });
        return sizes;
    }
}
