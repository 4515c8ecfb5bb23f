package io.hallmark.local.workflow;

import io.hallmark.core.store.Flows.Machine;
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

    @Override
    public int compareTo(ExecutionId other) {
        return Comparator.comparing(ExecutionId::machine)
                .thenComparing(ExecutionId::name)
                .compare(this, other);
    }
}
