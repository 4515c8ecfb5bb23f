package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.local.workflow.asl.Execution;
import java.time.Instant;
import java.util.Comparator;
import java.util.regex.Pattern;

/** An execution: the machine and a name that is unique for it, 1 to 80 letters, digits, points, dashes and underscores. */
record ExecutionId(Machine machine, String name) implements Comparable<ExecutionId> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,80}");

    private static final String ACCOUNT = "arn:aws:states:local:000000000000:";

    ExecutionId {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of an execution: " + name);
        }
    }

    String arn() {
        return ACCOUNT + "execution:" + machine.fileName() + ":" + name;
    }

    String machineArn() {
        return ACCOUNT + "stateMachine:" + machine.fileName();
    }

    Execution execution(Json.Obj input, Instant startedAt, Instant deadline, String secret) {
        return new Execution(machine.fileName(), name, arn(), machineArn(), input, startedAt, deadline, secret);
    }

    @Override
    public int compareTo(ExecutionId other) {
        return Comparator.comparing(ExecutionId::machine)
                .thenComparing(ExecutionId::name)
                .compare(this, other);
    }
}
