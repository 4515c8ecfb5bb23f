package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an execution stands: all that its next step depends on.
 *
 * @param state the state it is in
 * @param input the raw input of this state
 * @param enteredAt when it entered this state
 * @param retries for each retrier of this state, how often it has retried
 * @param attempt task attempts and Map Runs so far in the whole execution; names the one in flight
 * @param events history events so far
 * @param phase what it waits for
 */
public record Run(
        Execution execution,
        String state,
        Json input,
        Instant enteredAt,
        List<Long> retries,
        long attempt,
        long events,
        Phase phase) {

    public Run {
        retries = List.copyOf(retries);
    }

    /** When something is to be done without being told to; empty when it has ended. */
    public Optional<Instant> due() {
        return phase.match(new Phase.Cases<>() {
            @Override
            public Optional<Instant> entering(Phase.Entering entering) {
                return Optional.of(enteredAt);
            }

            @Override
            public Optional<Instant> waiting(Phase.Waiting waiting) {
                return beforeDeadline(waiting.until());
            }

            @Override
            public Optional<Instant> attempting(Phase.Attempting attempting) {
                return beforeDeadline(attempting.due());
            }

            @Override
            public Optional<Instant> backingOff(Phase.BackingOff backingOff) {
                return beforeDeadline(backingOff.until());
            }

            @Override
            public Optional<Instant> mapping(Phase.Mapping mapping) {
                return Optional.of(execution.deadline());
            }

            @Override
            public Optional<Instant> ended(Phase.Ended ended) {
                return Optional.empty();
            }
        });
    }

    /** How it ended, if it has. */
    public Optional<Phase.Ended> end() {
        return phase instanceof Phase.Ended ended ? Optional.of(ended) : Optional.empty();
    }

    /** Whether the executions of this Map Run, named by its attempt, are at work for it. */
    public boolean maps(long mapRun) {
        return phase instanceof Phase.Mapping && attempt == mapRun;
    }

    /** Whether this token is the one it waits for now. */
    public boolean waitsFor(String token) {
        return phase instanceof Phase.Attempting attempting
                && attempting.token().filter(token::equals).isPresent();
    }

    Run at(Phase other) {
        return new Run(execution, state, input, enteredAt, retries, attempt, events, other);
    }

    /** About to enter another state. */
    Run toward(String next, Json nextInput, Instant now) {
        return new Run(execution, next, nextInput, now, List.of(), attempt, events, new Phase.Entering());
    }

    Run nextAttempt() {
        return new Run(execution, state, input, enteredAt, retries, attempt + 1, events, phase);
    }

    Run with(long eventsNow) {
        return new Run(execution, state, input, enteredAt, retries, attempt, eventsNow, phase);
    }

    /** One retry more for this retrier. */
    Run retried(int retrier, Phase backingOff) {
        List<Long> counts = new ArrayList<>(retries);
        while (counts.size() <= retrier) {
            counts.add(0L);
        }
        counts.set(retrier, counts.get(retrier) + 1);
        return new Run(execution, state, input, enteredAt, counts, attempt, events, backingOff);
    }

    long retriesOf(int retrier) {
        return retrier < retries.size() ? retries.get(retrier) : 0;
    }

    long retryCount() {
        return retries.stream().mapToLong(Long::longValue).sum();
    }

    private Optional<Instant> beforeDeadline(Instant due) {
        return Optional.of(due.isBefore(execution.deadline()) ? due : execution.deadline());
    }
}
