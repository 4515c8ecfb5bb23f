package io.hallmark.e2e;

import java.nio.file.Path;
import java.util.List;

/** Where the story plays: a registry that is there, spoken to by the command line and by an S3 client only. */
interface Place extends AutoCloseable {

    /** Runs a command of the command line to its end. */
    Answer hallmark(List<String> arguments);

    /** Puts the files of a folder under a prefix of the artifact bucket, {@code hallmark.json} last. */
    void put(Path folder, String prefix);

    /** Takes away whatever lies below a prefix of the artifact bucket, all versions of it. */
    void clean(String prefix);

    @Override
    void close();

    /** The stack that the system property {@code stack} names, else a registry of this machine in {@code folder}. */
    static Place of(Path folder) throws Exception {
        String stack = System.getProperty("stack", "");
        return stack.isBlank()
                ? EmbeddedPlace.start(folder)
                : StackPlace.configured(stack, System.getProperty("stack.auth", "iam"), folder, System.getenv());
    }
}
