package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.handlers.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One name per step: the class that answers is called like the state that asks. */
class StateMachineNamesTest {

    private static final List<String> SERVICES =
            List.of("io.hallmark.core.service.promotion.", "io.hallmark.core.service.hash.");

    @ParameterizedTest
    @ValueSource(strings = {"promotion", "rollback", "hash-large"})
    void everyTaskNamesAServiceClass(String machine) throws IOException {
        if (!exists("AcquireLock")) {
            System.out.println("SKIPPED: StateMachineNamesTest (no service classes of promotions)");
        }
        Assumptions.assumeTrue(exists("AcquireLock"), "no service classes of promotions");
        Json.Obj states = ((Json.Obj) StrictJson.read(
                        Files.readAllBytes(Path.of("../state-machines").resolve(machine + ".asl.json"))))
                .object("States");
        List<String> missing = new ArrayList<>();
        for (String name : states.fields().keySet()) {
            if (states.object(name).text("Type").equals("Task") && !exists(name)) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
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
