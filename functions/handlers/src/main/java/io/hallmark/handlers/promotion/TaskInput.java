package io.hallmark.handlers.promotion;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.service.promotion.Actions;
import io.hallmark.core.service.promotion.StepAnswer;
import io.hallmark.core.service.promotion.StepCall;
import io.hallmark.handlers.telemetry.Telemetry;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a state machine gives to a function, and what it gets back.
 *
 * @param action the name of the state, which is the name of what is to be done
 */
record TaskInput(String action, StepCall call) {

    private static final Logger LOG = LoggerFactory.getLogger(TaskInput.class);

    static TaskInput of(Map<String, Object> input) {
        String id =
                text(input, "promotionId").or(() -> text(input, "rollbackId")).orElseThrow(() -> missing("id"));
        String action = text(input, "action").orElseThrow(() -> missing("action"));
        StepCall call = new StepCall(
                id,
                text(input, "executionArn").orElseThrow(() -> missing("executionArn")),
                text(input, "state").orElse(action),
                input.get("attempt") instanceof Number attempt ? attempt.longValue() : 0,
                text(input, "taskToken"));
        return new TaskInput(action, call);
    }

    /** Runs the action, says so in one line, and answers what the state machine gets. */
    Map<String, Object> run(Actions actions, Telemetry.Call telling) {
        telling.with("correlationId", call.id());
        StepAnswer answer = actions.run(action, call);
        telling.with("code", answer.decision()).with("ms", Long.toString(telling.millis()));
        LOG.info("{}: {}", action, answer.reason());
        return output(answer);
    }

    private static Map<String, Object> output(StepAnswer answer) {
        return Map.of("decision", answer.decision(), "waitSeconds", answer.waitSeconds(), "reason", answer.reason());
    }

    /** A task of a promotion that does not exist, which a handler reads for and then refuses. */
    static Runnable rehearsal(RequestHandler<Map<String, Object>, Map<String, Object>> handler, String action) {
        Map<String, Object> input = Map.of(
                "action",
                action,
                "promotionId",
                "rehearsal",
                "executionArn",
                "rehearsal",
                "state",
                action,
                "attempt",
                0);
        return () -> {
            try {
                handler.handleRequest(input, null);
            } catch (RegistryFailure.NotFound asExpected) {
                return;
            }
        };
    }

    private static Optional<String> text(Map<String, Object> input, String name) {
        return input.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("the input of the task has no " + name);
    }
}
