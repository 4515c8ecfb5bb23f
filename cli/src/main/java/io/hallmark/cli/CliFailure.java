package io.hallmark.cli;

/** Why a command ends early: one sentence for the person, one code for the shell. */
public final class CliFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exit;

    public CliFailure(ExitCode exit, String sentence) {
        super(sentence);
        this.exit = exit;
    }

    public ExitCode exit() {
        return exit;
    }
}
