package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a Task state asks for and what it makes of the answer. */
final class Tasks {

    private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(99_999_999);

    private Tasks() {}

    /** The call of the attempt in flight. */
    static Invocation invocation(Run run, State.Task task) {
        Scope scope = Context.scope(run, task, token(run, task));
        Json parameters = task.parameters().fill(scope.over(input(task.io(), scope)));
        if (Limits.exceeded(parameters)) {
            throw new AslError(
                    AslError.DATA_LIMIT, "The parameters are larger than " + Limits.PAYLOAD_BYTES_MAX + " bytes.");
        }
        Json.Obj call = (Json.Obj) parameters;
        String function =
                call.findText("FunctionName").orElseThrow(() -> AslError.runtime("The FunctionName is not a string."));
        return new Invocation(run.attempt(), function, call.find("Payload").orElse(Json.object()));
    }

    static Phase.Attempting attempting(Run run, State.Task task, Instant now) {
        Optional<Instant> heartbeat = task.heartbeat().map(now::plus);
        return new Phase.Attempting(token(run, task), false, now.plus(timeout(run, task)), heartbeat);
    }

    private static Optional<String> token(Run run, State.Task task) {
        return task.waitsForToken() ? Optional.of(Context.token(run)) : Optional.empty();
    }

    private static Duration timeout(Run run, State.Task task) {
        Scope scope = Context.scope(run, task, Optional.empty());
        return task.timeout()
                .map(seconds -> seconds(seconds, scope, "TimeoutSecondsPath", 1))
                .orElse(Limits.TIMEOUT_DEFAULT);
    }

    /** What the result makes of the raw input: ResultSelector, ResultPath, OutputPath. */
    static Json output(Run run, State.Work work, Json result) {
        Scope scope = Context.scope(run, work, Optional.empty());
        Json selected = work.resultSelector()
                .map(template -> template.fill(scope.over(result)))
                .orElse(result);
        Json placed = work.resultPlace().put(run.input(), selected);
        return output(work.io(), scope.over(placed));
    }

    /** What an {@code lambda:invoke} of a function that returned this answers. */
    static Json envelope(Json payload) {
        return Json.object()
                .with("ExecutedVersion", "$LATEST")
                .with("Payload", payload)
                .with("StatusCode", 200);
    }

    static Json input(State.Io io, Scope scope) {
        return through(io.input(), scope);
    }

    static Json output(State.Io io, Scope scope) {
        return through(io.output(), scope);
    }

    private static Json through(Optional<Path> path, Scope scope) {
        return path.<Json>map(given -> given.find(scope)
                        .orElseThrow(() -> AslError.runtime("Invalid path '" + given.text() + "': nothing is there.")))
                .orElse(Json.object());
    }

    /** A whole number of seconds, given or found. */
    static Duration seconds(State.Seconds seconds, Scope scope, String field, long min) {
        if (seconds.fixed().isPresent()) {
            return Duration.ofSeconds(seconds.fixed().get());
        }
        Path path = seconds.path().orElseThrow();
        Json found = path.find(scope)
                .orElseThrow(() -> AslError.runtime(
                        "The " + field + " parameter does not reference an input value: " + path.text()));
        if (!(found instanceof Json.Num number) || number.value().scale() > 0) {
            throw AslError.runtime("The " + field + " parameter cannot be parsed as a long value: " + path.text());
        }
        if (number.value().compareTo(BigDecimal.valueOf(min)) < 0
                || number.value().compareTo(SECONDS_MAX) > 0) {
            throw AslError.runtime("The " + field + " parameter references a value that is no number from " + min
                    + " to " + SECONDS_MAX + ": " + path.text() + " == " + number.value());
        }
        return Duration.ofSeconds(number.value().longValueExact());
    }
}
