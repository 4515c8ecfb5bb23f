package io.hallmark.core.service.hash;

import java.util.List;

/**
 * What a step answers to its state machine.
 *
 * @param decision which way to go on
 * @param reason a sentence
 * @param batches of leaves that are to be hashed, for the step that plans
 */
public record HashAnswer(String decision, String reason, List<Integer> batches) {

    static final String CONTINUE = "CONTINUE";
    static final String DONE = "DONE";
    static final String GONE = "GONE";

    public HashAnswer {
        batches = List.copyOf(batches);
    }

    static HashAnswer of(String decision, String reason) {
        return new HashAnswer(decision, reason, List.of());
    }

    static HashAnswer gone() {
        return of(GONE, "the object was deleted");
    }
}
