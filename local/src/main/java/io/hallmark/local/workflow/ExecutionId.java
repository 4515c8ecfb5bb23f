package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.local.workflow.asl.Execution;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An execution.
 *
 * @param label of the Map state of one of whose items it is the execution; empty when it was started from outside
 * @param name unique for machine and label: 1 to 80 letters, digits, points, dashes and underscores
 */
record ExecutionId(Machine machine, String label, String name) implements Comparable<ExecutionId> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,80}");

    private static final String ACCOUNT = "arn:aws:states:local:000000000000:";

    ExecutionId(Machine machine, String name) {
        this(machine, "", name);
    }

    ExecutionId {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of an execution: " + name);
        }
    }

    String arn() {
        return ACCOUNT + "execution:" + place() + ":" + name;
    }

    String machineArn() {
        return ACCOUNT + "stateMachine:" + place();
    }

    /** The machine, and the Map state in it. */
    String place() {
        return label.isEmpty() ? machine.fileName() : machine.fileName() + "/" + label;
    }

    boolean isOfItem() {
        return !label.isEmpty();
    }

    Execution execution(
            Json input, Instant startedAt, Instant deadline, String secret, Optional<Execution.MapItem> item) {
        return new Execution(place(), name, arn(), machineArn(), input, startedAt, deadline, secret, item);
    }

    @Override
    public int compareTo(ExecutionId other) {
        return Comparator.comparing(ExecutionId::machine)
                .thenComparing(ExecutionId::label)
                .thenComparing(ExecutionId::name)
                .compare(this, other);
    }
}
