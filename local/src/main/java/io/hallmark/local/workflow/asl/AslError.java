package io.hallmark.local.workflow.asl;

/** An error of the language, by the name that AWS gives it. Travels from where it happens to the retriers and catchers. */
final class AslError extends RuntimeException {

    static final String RUNTIME = "States.Runtime";
    static final String TIMEOUT = "States.Timeout";
    static final String DATA_LIMIT = "States.DataLimitExceeded";
    static final String RESULT_PATH = "States.ResultPathMatchFailure";
    static final String MAP_FAILED = "States.ExceedToleratedFailureThreshold";
    static final String NO_CHOICE = "States.NoChoiceMatched";

    private static final long serialVersionUID = 1L;

    private final String name;

    AslError(String name, String sentence) {
        super(sentence, null, false, false);
        this.name = name;
    }

    static AslError runtime(String sentence) {
        return new AslError(RUNTIME, sentence);
    }

    String name() {
        return name;
    }

    String sentence() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
