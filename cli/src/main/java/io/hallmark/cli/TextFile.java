package io.hallmark.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small text file that goes to the registry as it stands. */
final class TextFile {

    static final int BYTES_MAX = 256 * 1024;

    private TextFile() {}

    /**
     * The text of a file.
     *
     * @throws CliFailure if it is missing, larger than {@link #BYTES_MAX} or not UTF-8
     */
    static String read(Surroundings around, Path given) {
        Path file = around.folder().resolve(given);
        if (!Files.isRegularFile(file)) {
            throw new CliFailure(ExitCode.USAGE, "there is no file " + given);
        }
        try {
            long size = Files.size(file);
            if (size > BYTES_MAX) {
                throw new CliFailure(
                        ExitCode.USAGE,
                        given + " has " + size + " bytes; at most " + BYTES_MAX + " (" + Screen.bytes(BYTES_MAX)
                                + ") are taken");
            }
            return Files.readString(file);
        } catch (CharacterCodingException foreign) {
            throw new CliFailure(ExitCode.USAGE, given + " is not UTF-8 text");
        } catch (IOException unreadable) {
            throw new CliFailure(ExitCode.USAGE, "cannot read " + given + ": " + unreadable.getMessage());
        }
    }
}
