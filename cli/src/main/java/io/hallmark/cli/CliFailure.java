package io.hallmark.cli;

/** Why a command ends early: one sentence for the person, one code for the shell. */
public final class CliFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exit;
    private final String code;

    public CliFailure(ExitCode exit, String sentence) {
        this(exit, sentence, "");
    }

    /** The registry's refusal, with the code that it gave; empty if it gave none. */
    CliFailure(ExitCode exit, String sentence, String code) {
        super(sentence);
        this.exit = exit;
        this.code = code;
    }

    /** The code of the registry's refusal; empty for everything else. */
    String code() {
        return code;
    }

    public ExitCode exit() {
        return exit;
    }
}
