package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads Task states. */
final class TaskReader {

    private static final String INVOKE = "arn:aws:states:::lambda:invoke";
    private static final String INVOKE_AND_WAIT = INVOKE + ".waitForTaskToken";
    private static final String FUNCTION_NAME = "FunctionName";

    private final Fields fields;
    private final RecoveryReader recovery;

    TaskReader(Fields fields, RecoveryReader recovery) {
        this.fields = fields;
        this.recovery = recovery;
    }

    State.Task read(State.Io io, State.Then then) {
        String resource = fields.requiredText("Resource");
        if (!resource.equals(INVOKE) && !resource.equals(INVOKE_AND_WAIT)) {
            fields.problem("the resource " + resource + " is not played");
        }
        Template parameters = fields.required("Parameters", fields.template("Parameters"))
                .orElse(new Template.Literal(Json.object()));
        if (parameters instanceof Template.Fields given) {
            checkParameters(given.fields().keySet());
        }
        return new State.Task(
                io,
                resource.equals(INVOKE_AND_WAIT),
                parameters,
                fields.template("ResultSelector"),
                fields.resultPlace(),
                recovery.retriers(),
                recovery.catchers(),
                timeout(),
                fields.whole("HeartbeatSeconds", 1).map(Duration::ofSeconds),
                then);
    }

    private void checkParameters(Set<String> names) {
        if (!names.contains(FUNCTION_NAME)) {
            fields.problem("Parameters without FunctionName");
        }
        for (String name : names) {
            if (!name.equals(FUNCTION_NAME) && !name.equals("Payload")) {
                fields.problem("the parameter " + name + " is not played");
            }
        }
    }

    private Optional<State.Seconds> timeout() {
        Optional<Long> seconds = fields.whole("TimeoutSeconds", 1);
        Optional<Path> path = fields.path("TimeoutSecondsPath");
        if (seconds.isPresent() && path.isPresent()) {
            fields.problem("TimeoutSeconds and TimeoutSecondsPath exclude each other");
        }
        return seconds.isPresent() || path.isPresent()
                ? Optional.of(new State.Seconds(seconds, path))
                : Optional.empty();
    }
}
