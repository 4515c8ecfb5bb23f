package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.policy.Rule.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The examples that a check is about.
 *
 * @param anyOf an example belongs here if all slices of one of these hold; none listed means all examples
 */
record Place(List<List<Slice>> anyOf) {

    static final Place EVERYWHERE = new Place(List.of());

    Place {
        anyOf = anyOf.stream().map(List::copyOf).toList();
    }

    static Place of(Slice slice) {
        return new Place(List.of(List.of(slice)));
    }

    /** Examples to which all of these apply. */
    static Place intersection(List<Slice> slices) {
        return new Place(List.of(slices));
    }

    /** Small slices taken together. */
    static Place pooled(List<Slice> slices) {
        return new Place(slices.stream().map(List::of).toList());
    }

    boolean everywhere() {
        return anyOf.isEmpty();
    }

    /** The one slice that this is, if it is one. */
    Optional<Slice> slice() {
        return anyOf.size() == 1 && anyOf.get(0).size() == 1
                ? Optional.of(anyOf.get(0).get(0))
                : Optional.empty();
    }

    /** How the place is named in decisions; empty for all examples. */
    Optional<String> label() {
        return everywhere()
                ? Optional.empty()
                : Optional.of(anyOf.stream()
                        .map(slices -> slices.stream().map(Slice::toString).collect(Collectors.joining(" & ")))
                        .collect(Collectors.joining(" | ")));
    }

    /** The rows, in order. */
    int[] rows(Examples examples) {
        return everywhere()
                ? IntStream.range(0, examples.size()).toArray()
                : anyOf.stream()
                        .flatMapToInt(slices -> Arrays.stream(all(examples, slices)))
                        .sorted()
                        .distinct()
                        .toArray();
    }

    private static int[] all(Examples examples, List<Slice> slices) {
        int[] rows = examples.rows(slices.get(0));
        for (Slice slice : slices.subList(1, slices.size())) {
            int[] others = examples.rows(slice);
            rows = Arrays.stream(rows)
                    .filter(row -> Arrays.binarySearch(others, row) >= 0)
                    .toArray();
        }
        return rows;
    }
}
