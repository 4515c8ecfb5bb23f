package io.hallmark.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.cli.Surroundings;
import io.hallmark.local.place.Embedded;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    @TempDir
    Path folder;

    @Test
    void theMainJobIsAsTold() throws Exception {
        StringWriter out = new StringWriter();
        Surroundings around = new Surroundings(
                Map.of(),
                folder,
                new PrintWriter(out),
                new PrintWriter(out),
                false,
                InstantSource.system(),
                new SecureRandom(),
                duration -> Thread.sleep(duration.toMillis()));
        Story story = new Story(around.out(), around.clock());
        Embedded.Settings settings =
                new Embedded.Settings(folder.resolve("state"), 0, 0, around.clock(), around.random());
        try (Embedded registry = Embedded.start(settings)) {
            new Demo(registry, Path.of("../events-samples/models/doctor-visit"), story, around).play();
        }
        assertThat(out.toString())
                .contains("FAULT INJECTED", "rollback applied", "proven", "OVERRIDE_REQUIRED", "As told");
    }
}
