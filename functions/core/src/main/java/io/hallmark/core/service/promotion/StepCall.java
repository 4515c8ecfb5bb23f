package io.hallmark.core.service.promotion;

import java.util.Optional;

/**
 * A call of an action by a state machine.
 *
 * @param id the promotion or the rollback
 * @param execution the execution that calls
 * @param state the state it is in
 * @param attempt how often this state was tried before
 * @param taskToken of a task that waits for an answer
 */
public record StepCall(String id, String execution, String state, long attempt, Optional<String> taskToken) {}
