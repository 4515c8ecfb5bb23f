package io.hallmark.core.service.promotion;

/**
 * One action of a state machine. It reads rows by id, decides, and commits one transaction; a repeat of the same call is
 * harmless.
 */
@FunctionalInterface
public interface Action {

    StepAnswer run(StepCall call);
}
