package io.hallmark.handlers.hash;

import com.amazonaws.services.lambda.runtime.Context;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.service.hash.HashAnswer;
import io.hallmark.core.service.hash.HashCall;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What hash-large gives to its function, and what it gets back.
 *
 * @param action the name of the state, which is the name of what is to be done
 */
record HashInput(String action, HashCall call) {

    /** Kept back of the function's time, to store how far it came. */
    static final Duration MARGIN = Duration.ofSeconds(20);

    /** A call takes no longer, so that somebody who stops the registry need not wait. */
    static final Duration BUDGET_MAX = Duration.ofMinutes(13);

    /** Where nobody says how much time there is. */
    static final Duration BUDGET_OF_NO_CONTEXT = Duration.ofSeconds(30);

    static HashInput of(Map<String, Object> input, @Nullable Context context) {
        String uploadId = text(input, "uploadId").orElseThrow(() -> missing("uploadId"));
        Optional<Integer> batch =
                input.get("batch") instanceof Number number ? Optional.of(number.intValue()) : Optional.empty();
        return new HashInput(
                text(input, "action").orElseThrow(() -> missing("action")),
                new HashCall(new Sha256(uploadId), batch, budget(context)));
    }

    /** The function's remaining time, less a margin; a function that is almost out of time does the least there is. */
    static Duration budget(@Nullable Context context) {
        if (context == null) {
            return BUDGET_OF_NO_CONTEXT;
        }
        Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(MARGIN);
        Duration atLeastNone = left.isNegative() ? Duration.ZERO : left;
        return atLeastNone.compareTo(BUDGET_MAX) > 0 ? BUDGET_MAX : atLeastNone;
    }

    static Map<String, Object> output(HashAnswer answer) {
        return Map.of("decision", answer.decision(), "reason", answer.reason(), "batches", answer.batches());
    }

    private static Optional<String> text(Map<String, Object> input, String name) {
        return input.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("the input of the task has no " + name);
    }
}
