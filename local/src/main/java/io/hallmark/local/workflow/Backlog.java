package io.hallmark.local.workflow;

import io.hallmark.local.workflow.asl.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events that could not be stored yet, and how long to leave an execution alone after its last failures. */
final class Backlog {

    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(30);
    private static final int DOUBLINGS_MAX = 20;

    private final Map<ExecutionId, List<Event>> undelivered = new HashMap<>();
    private final Map<ExecutionId, Integer> failures = new HashMap<>();

    /** Takes what waits for this execution. */
    List<Event> take(ExecutionId id) {
        return Optional.ofNullable(undelivered.remove(id)).orElse(List.of());
    }

    /** Puts events back after a failure, and says how long to wait. That time has come needs no second telling. */
    Duration putBack(ExecutionId id, List<Event> events) {
        List<Event> kept =
                events.stream().filter(event -> !(event instanceof Event.Due)).toList();
        if (!kept.isEmpty()) {
            undelivered.put(id, kept);
        }
        int failed = failures.merge(id, 1, Integer::sum);
        Duration pause = PAUSE_MIN.multipliedBy(1L << Math.min(failed - 1, DOUBLINGS_MAX));
        return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
    }

    /** Something was stored: the failures are over. */
    void stored(ExecutionId id) {
        failures.remove(id);
    }
}
