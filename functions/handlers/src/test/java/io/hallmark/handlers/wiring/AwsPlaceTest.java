package io.hallmark.handlers.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsPlaceTest {

    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("AWS_REGION", "eu-central-1"),
            Map.entry("AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
            Map.entry(Settings.TABLE, "registry"),
            Map.entry(Settings.ARTIFACT_BUCKET, "artifacts"),
            Map.entry(Settings.REGISTRY_BUCKET, "registry"),
            Map.entry(Settings.DIGEST_BUCKET, "digests"),
            Map.entry(Settings.BUCKET_OWNER, "123456789012"),
            Map.entry(Settings.PROMOTION_MACHINE, "arn:aws:states:eu-central-1:123456789012:stateMachine:promotion"),
            Map.entry(Settings.ROLLBACK_MACHINE, "arn:aws:states:eu-central-1:123456789012:stateMachine:rollback"),
            Map.entry(Settings.HASH_LARGE_MACHINE, "arn:aws:states:eu-central-1:123456789012:stateMachine:hash-large"),
            Map.entry(Settings.EVENT_BUS, "registry"),
            Map.entry(Settings.DIGEST_KEY, "arn:aws:kms:eu-central-1:123456789012:key/1"),
            Map.entry(Settings.ENVIRONMENT, "test"));

    @Test
    void theWholePlaceIsBuiltFromTheEnvironmentWithoutACall() {
        Wiring wiring = AwsPlace.of(ENVIRONMENT).everything();
        assertThat(wiring.registerArtifact()).isNotNull();
        assertThat(wiring.reconciler()).isNotNull();
        assertThat(wiring.sweep()).isNotNull();
    }

    @Test
    void aMissingRegionIsNamed() {
        Map<String, String> without = new HashMap<>(ENVIRONMENT);
        without.remove("AWS_REGION");
        assertThatThrownBy(() -> AwsPlace.of(without).stores())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AWS_REGION");
    }

    @Test
    void theFeedOfEventsSaysWhereTheyAreInstead() {
        assertThatThrownBy(
                        () -> AwsPlace.of(ENVIRONMENT).stores().ports().events().after("", 10))
                .isInstanceOf(RegistryFailure.Gone.class)
                .hasMessageContaining("EventBridge");
    }
}
