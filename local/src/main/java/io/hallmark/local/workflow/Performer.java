package io.hallmark.local.workflow;

import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.local.workflow.asl.Event;
import io.hallmark.local.workflow.asl.Invocation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes a call, and says what came of it as Step Functions would see it. */
final class Performer {

    private static final int MESSAGE_LENGTH_MAX = 4096;

    private final TaskInvoker invoker;

    Performer(TaskInvoker invoker) {
        this.invoker = invoker;
    }

    /** What came of the call; empty when no answer will ever come. */
    Optional<Event> perform(Invocation call) {
        try {
            return Optional.of(new Event.Returned(call.attempt(), invoker.invoke(call.functionName(), call.payload())));
        } catch (TaskInvoker.Unanswered silence) {
            return Optional.empty();
        } catch (FunctionError error) {
            return Optional.of(failed(call, error.errorType(), error));
        } catch (Throwable thrown) {
            return Optional.of(failed(call, thrown.getClass().getName(), thrown));
        }
    }

    private static Event failed(Invocation call, String errorType, Throwable thrown) {
        String message = Optional.ofNullable(thrown.getMessage()).orElse("");
        String cut = message.length() > MESSAGE_LENGTH_MAX ? message.substring(0, MESSAGE_LENGTH_MAX) : message;
        // A lone surrogate has no UTF-8 form; it becomes a question mark.
        String sayable = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Json.Obj cause = Json.object().with("errorMessage", sayable).with("errorType", errorType);
        return new Event.Failed(call.attempt(), errorType, CanonicalJson.write(cause));
    }
}
