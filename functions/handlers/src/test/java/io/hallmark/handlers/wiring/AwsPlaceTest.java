package io.hallmark.handlers.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsPlaceTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "AWS_REGION",
            "eu-central-1",
            "AWS_ENDPOINT_URL",
            "http://127.0.0.1:1",
            Settings.TABLE,
            "registry",
            Settings.ARTIFACT_BUCKET,
            "artifacts",
            Settings.REGISTRY_BUCKET,
            "registry",
            Settings.PROMOTION_MACHINE,
            "arn:aws:states:eu-central-1:123456789012:stateMachine:promotion",
            Settings.ROLLBACK_MACHINE,
            "arn:aws:states:eu-central-1:123456789012:stateMachine:rollback",
            Settings.EVENT_BUS,
            "registry");

    @Test
    void theWholePlaceIsBuiltFromTheEnvironmentWithoutACall() {
        Wiring wiring = AwsPlace.of(ENVIRONMENT);
        assertThat(wiring.registerArtifact()).isNotNull();
        assertThat(wiring.reconciler()).isNotNull();
        assertThat(wiring.sweep()).isNotNull();
    }

    @Test
    void aMissingRegionIsNamed() {
        Map<String, String> without = new HashMap<>(ENVIRONMENT);
        without.remove("AWS_REGION");
        assertThatThrownBy(() -> AwsPlace.of(without))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AWS_REGION");
    }

    @Test
    void theFeedOfEventsSaysWhereTheyAreInstead() {
        assertThatThrownBy(() -> AwsPlace.of(ENVIRONMENT).ports().events().after("", 10))
                .isInstanceOf(RegistryFailure.Gone.class)
                .hasMessageContaining("EventBridge");
    }
}
