package io.hallmark.core.canary;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The two sides of a comparison, merged.
 *
 * @param missing why the windows are no evidence at this moment: none came, or not of late
 */
record Arms(Counters candidate, Counters baseline, Optional<String> missing) {

    private static final int FRESH_LOOKS = 3;

    /** In a canary only moments that both sides cover count; in shadow and at 100 % the candidate stands alone. */
    static Arms of(Look look) {
        boolean both = look.kind() == Look.Kind.CANARY;
        List<Window> candidate = both ? overlapping(look.candidate(), look.baseline()) : look.candidate();
        List<Window> baseline = both ? overlapping(look.baseline(), look.candidate()) : look.baseline();
        return new Arms(sum(candidate), sum(baseline), missing(look, candidate, both));
    }

    private static Optional<String> missing(Look look, List<Window> usable, boolean both) {
        Instant last =
                usable.stream().map(Window::end).max(Comparator.naturalOrder()).orElse(look.since());
        Duration silence = Duration.between(last, look.at());
        Duration limit = look.gap().multipliedBy(FRESH_LOOKS);
        if (silence.compareTo(limit) <= 0) {
            return Optional.empty();
        }
        String whose = both ? "window that both versions cover" : "window of the candidate";
        return Optional.of(
                "the last " + whose + " ended " + silence.toSeconds() + " s ago; at most " + limit.toSeconds() + " s");
    }

    private static List<Window> overlapping(List<Window> windows, List<Window> others) {
        NavigableMap<Instant, Instant> covered = covered(others);
        return windows.stream()
                .filter(window -> {
                    Map.Entry<Instant, Instant> before = covered.lowerEntry(window.end());
                    return before != null && before.getValue().isAfter(window.start());
                })
                .toList();
    }

    /** The moments that these windows cover, as disjoint intervals by their start. */
    private static NavigableMap<Instant, Instant> covered(List<Window> windows) {
        NavigableMap<Instant, Instant> covered = new TreeMap<>();
        windows.stream().sorted(Comparator.comparing(Window::start)).forEach(window -> {
            Map.Entry<Instant, Instant> last = covered.lastEntry();
            boolean touches = last != null && !window.start().isAfter(last.getValue());
            Instant start = touches ? last.getKey() : window.start();
            Instant end = touches && last.getValue().isAfter(window.end()) ? last.getValue() : window.end();
            covered.put(start, end);
        });
        return covered;
    }

    private static Counters sum(List<Window> windows) {
        return Stream.concat(Stream.of(Counters.NONE), windows.stream().map(Window::counters))
                .reduce(Counters.NONE, Counters::plus);
    }
}
