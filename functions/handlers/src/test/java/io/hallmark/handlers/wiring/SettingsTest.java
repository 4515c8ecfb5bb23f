package io.hallmark.handlers.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final Map<String, String> ALL = Map.ofEntries(
            Map.entry("HALLMARK_TABLE", "registry"),
            Map.entry("HALLMARK_ARTIFACT_BUCKET", "artifacts"),
            Map.entry("HALLMARK_REGISTRY_BUCKET", "registry-own"),
            Map.entry("HALLMARK_DIGEST_BUCKET", "digests"),
            Map.entry("HALLMARK_BUCKET_OWNER", "123456789012"),
            Map.entry("HALLMARK_PROMOTION_MACHINE_ARN", "arn:promotion"),
            Map.entry("HALLMARK_ROLLBACK_MACHINE_ARN", "arn:rollback"),
            Map.entry("HALLMARK_HASH_LARGE_MACHINE_ARN", "arn:hash-large"),
            Map.entry("HALLMARK_EVENT_BUS", "events"),
            Map.entry("HALLMARK_DIGEST_KEY", "arn:key"),
            Map.entry("HALLMARK_ENVIRONMENT", "dev"));

    @Test
    void everyVariableIsMapped() {
        assertThat(Settings.from(ALL))
                .isEqualTo(new Settings(
                        "registry",
                        "artifacts",
                        "registry-own",
                        "digests",
                        "123456789012",
                        "arn:promotion",
                        "arn:rollback",
                        "arn:hash-large",
                        "events",
                        "arn:key",
                        "dev"));
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
                .hasMessageContaining("HALLMARK_ENVIRONMENT");
    }
}
