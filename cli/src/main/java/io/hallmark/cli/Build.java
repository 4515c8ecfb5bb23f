package io.hallmark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which build of the command line this is. */
final class Build implements IVersionProvider {

    private static final String RESOURCE = "/io/hallmark/cli/build.properties";

    @Override
    public String[] getVersion() throws IOException {
        try (InputStream in = Build.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException("this build lacks " + RESOURCE);
            }
            Properties properties = new Properties();
            properties.load(in);
            return new String[] {
                "hallmark " + properties.getProperty("version", ""),
                "commit " + properties.getProperty("commit", "") + ", stamped " + properties.getProperty("builtAt", "")
            };
        }
    }
}
