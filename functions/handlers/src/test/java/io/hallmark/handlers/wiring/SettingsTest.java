package io.hallmark.handlers.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final Map<String, String> ALL = Map.of(
            "HALLMARK_TABLE", "registry",
            "HALLMARK_ARTIFACT_BUCKET", "artifacts",
            "HALLMARK_REGISTRY_BUCKET", "registry-own",
            "HALLMARK_PROMOTION_MACHINE_ARN", "arn:promotion",
            "HALLMARK_ROLLBACK_MACHINE_ARN", "arn:rollback",
            "HALLMARK_EVENT_BUS", "events");

    @Test
    void everyVariableIsMapped() {
        assertThat(Settings.from(ALL))
                .isEqualTo(new Settings(
                        "registry", "artifacts", "registry-own", "arn:promotion", "arn:rollback", "events"));
    }

    @Test
    void eachMissingVariableIsRefusedByNameAndWithWhereToSetIt() {
        for (String name : ALL.keySet()) {
            Map<String, String> without = new HashMap<>(ALL);
            without.put(name, " ");

            assertThatThrownBy(() -> Settings.from(without))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("missing from the environment: " + name
                            + "; set it under Globals.Function.Environment.Variables of infra/template.yaml");
        }
    }

    @Test
    void allMissingVariablesAreNamedAtOnce() {
        assertThatThrownBy(() -> Settings.from(Map.of()))
                .hasMessageContaining("HALLMARK_TABLE, HALLMARK_ARTIFACT_BUCKET")
                .hasMessageContaining("HALLMARK_EVENT_BUS");
    }
}
