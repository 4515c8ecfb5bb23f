package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;

/** Calls the functions that tasks name. */
@FunctionalInterface
public interface TaskInvoker {

    /**
     * Calls a function and answers what it returned. A call may be repeated: after a crash, and by a retrier.
     *
     * @throws FunctionError with the error name the machine's retriers and catchers see. Any other exception counts as
     *     an error of its class name, as on Lambda
     * @throws Unanswered when there will never be an answer; the task then waits for its timeout
     */
    Json invoke(String functionName, Json payload) throws FunctionError, Unanswered;

    /** The call went out and no answer comes back: a handler that hangs, a response that was lost. */
    final class Unanswered extends Exception {
        private static final long serialVersionUID = 1L;

        public Unanswered() {
            super("no answer", null, false, false);
        }
    }
}
