package io.hallmark.local.workflow;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** When which execution is to be looked at again. Not safe for several threads at once. */
final class Agenda {

    private final Map<ExecutionId, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> byTime =
            new TreeSet<>(Comparator.comparing(Entry::at).thenComparing(Entry::id));

    private record Entry(Instant at, ExecutionId id) {}

    void put(ExecutionId id, Instant at) {
        remove(id);
        Entry entry = new Entry(at, id);
        entries.put(id, entry);
        byTime.add(entry);
    }

    void remove(ExecutionId id) {
        Entry entry = entries.remove(id);
        if (entry != null) {
            byTime.remove(entry);
        }
    }

    Optional<Instant> next() {
        return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.first().at());
    }

    /** Takes one that is due off the agenda. */
    Optional<ExecutionId> takeDue(Instant now) {
        if (byTime.isEmpty() || byTime.first().at().isAfter(now)) {
            return Optional.empty();
        }
        ExecutionId id = byTime.first().id();
        remove(id);
        return Optional.of(id);
    }
}
