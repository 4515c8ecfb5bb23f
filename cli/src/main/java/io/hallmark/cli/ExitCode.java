package io.hallmark.cli;

/** What the shell learns. */
public enum ExitCode {
    DONE(0, "done as asked"),
    REFUSED(1, "refused, quarantined or rolled back"),
    USAGE(2, "not a command, or not one that makes sense"),
    NOT_FOUND(3, "there is no such thing"),
    CONFLICT(4, "something else stands in the way"),
    UNAVAILABLE(5, "the registry did not answer, or not in time"),
    NOT_ALLOWED(6, "no token, or one that may not do this");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
