package io.hallmark.local.workflow.asl;

import java.util.List;

/** A state machine that is not played here. Each problem names the state and the field, type or path that is meant. */
public final class DefinitionRefused extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    DefinitionRefused(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
