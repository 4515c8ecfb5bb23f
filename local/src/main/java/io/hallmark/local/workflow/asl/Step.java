package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * What an event made of an execution.
 *
 * @param next where it stands now
 * @param history what happened, in order, as AWS names the events
 * @param invocation the function to call once this step is stored
 */
public record Step(Run next, List<Json.Obj> history, Optional<Invocation> invocation) {

    public Step {
        history = List.copyOf(history);
    }
}
