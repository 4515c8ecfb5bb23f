package io.hallmark.local.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.store.Flows.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one machine plays is what AWS is given, to the byte. */
class PlayedMachinesTest {

    private static final Path DEPLOYED = Path.of("../state-machines");

    @Test
    void theMachinesPlayedHereAreThoseThatAreDeployedToTheByte() throws IOException {
        for (Machine machine : Machine.values()) {
            String name = machine.fileName() + ".asl.json";
            try (InputStream played = Embedded.class.getResourceAsStream("/state-machines/" + name)) {
                assertThat(played).as(name).isNotNull();
                assertThat(played.readAllBytes())
                        .as(name)
                        .isNotEmpty()
                        .isEqualTo(Files.readAllBytes(DEPLOYED.resolve(name)));
            }
        }
    }

    @Test
    void everyMachineThatIsDeployedIsPlayedHere() throws IOException {
        try (Stream<Path> files = Files.list(DEPLOYED)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(Machine.values())
                            .map(machine -> machine.fileName() + ".asl.json")
                            .toList());
        }
    }
}
