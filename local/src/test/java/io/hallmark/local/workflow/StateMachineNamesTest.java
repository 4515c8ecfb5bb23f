package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.local.place.Embedded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One name per step: the class that answers is called like the state that asks. */
class StateMachineNamesTest {

    private static final List<String> SERVICES =
            List.of("io.hallmark.core.service.promotion.", "io.hallmark.core.service.hash.");

    @ParameterizedTest
    @ValueSource(strings = {"promotion", "rollback", "hash-large"})
    void everyTaskNamesAServiceClass(String machine) throws IOException {
        Path file = Path.of("../state-machines").resolve(machine + ".asl.json");
        Set<String> tasks =
                Tasks.of((Json.Obj) StrictJson.read(Files.readAllBytes(file))).keySet();
        assertThat(tasks).isNotEmpty().allMatch(StateMachineNamesTest::exists);
    }

    /** The embedded place plays what is deployed, to the byte. */
    @ParameterizedTest
    @ValueSource(strings = {"promotion", "rollback", "hash-large"})
    void whatIsPlayedIsWhatIsDeployed(String machine) throws IOException {
        try (InputStream played = Embedded.class.getResourceAsStream("/state-machines/" + machine + ".asl.json")) {
            assertThat(played).isNotNull();
            assertThat(played.readAllBytes())
                    .isEqualTo(Files.readAllBytes(Path.of("../state-machines").resolve(machine + ".asl.json")));
        }
    }

    private static boolean exists(String action) {
        return SERVICES.stream().anyMatch(services -> exists(services, action));
    }

    private static boolean exists(String services, String action) {
        try {
            Class.forName(services + action, false, StateMachineNamesTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException notThere) {
            return false;
        }
    }
}
