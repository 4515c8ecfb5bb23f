package io.hallmark.handlers.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which build this is. Nothing of it depends on when or where it was built, so equal sources give equal jars.
 *
 * @param commit of the sources, {@code unknown} unless the build was told with {@code -Dcommit=}
 * @param builtAt the time that the build stamps on its archives ({@code project.build.outputTimestamp})
 */
public record Build(String version, String commit, String builtAt) {

    private static final String RESOURCE = "/io/hallmark/handlers/build.properties";

    /** This build. */
    public static Build read() {
        try (InputStream in = Build.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks " + RESOURCE);
            }
            Properties properties = new Properties();
            properties.load(in);
            return new Build(
                    properties.getProperty("version", ""),
                    properties.getProperty("commit", ""),
                    properties.getProperty("builtAt", ""));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + RESOURCE, unreadable);
        }
    }
}
