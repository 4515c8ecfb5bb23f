package io.hallmark.local.workflow.asl;

import java.util.List;

/** Which error names a retrier or catcher answers to (Amazon States Language, "Errors"; AWS "Error names"). */
final class ErrorNames {

    static final String ALL = "States.ALL";
    private static final String TASK_FAILED = "States.TaskFailed";

    private ErrorNames() {}

    /**
     * Nothing answers to States.Runtime: it ends the execution. States.DataLimitExceeded is answered by its own name only,
     * and States.TaskFailed is every other error but a timeout.
     */
    static boolean match(List<String> names, String error) {
        if (error.equals(AslError.RUNTIME)) {
            return false;
        }
        if (names.contains(error)) {
            return true;
        }
        if (error.equals(AslError.DATA_LIMIT)) {
            return false;
        }
        return names.contains(ALL) || (names.contains(TASK_FAILED) && !error.equals(AslError.TIMEOUT));
    }
}
