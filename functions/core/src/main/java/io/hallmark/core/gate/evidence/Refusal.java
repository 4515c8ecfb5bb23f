package io.hallmark.core.gate.evidence;

import java.io.IOException;

/** What is wrong with a predictions file; it ends the reading. */
final class Refusal extends IOException {

    private static final long serialVersionUID = 1L;

    static final String FORMAT = "PREDICTIONS_FORMAT";
    static final String LIMIT = "PREDICTIONS_LIMIT";
    static final String MISMATCH = "PREDICTIONS_MISMATCH";

    private final String code;
    private final String reason;

    Refusal(String code, String reason) {
        super(reason);
        this.code = code;
        this.reason = reason;
    }

    static Refusal format(long line, String reason) {
        return new Refusal(FORMAT, "line " + line + ": " + reason);
    }

    static Refusal limit(String reason) {
        return new Refusal(LIMIT, reason);
    }

    String code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
