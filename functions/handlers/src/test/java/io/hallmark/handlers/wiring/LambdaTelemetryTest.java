package io.hallmark.handlers.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LambdaTelemetryTest {

    @Test
    void aFunctionIsNamedAfterItsHandler() {
        assertThat(LambdaTelemetry.function(
                        Map.of("_HANDLER", "io.hallmark.handlers.intake.ArtifactUploadedHandler::handleRequest")))
                .isEqualTo("ArtifactUploaded");
        assertThat(LambdaTelemetry.function(Map.of("_HANDLER", "io.hallmark.handlers.promotion.DecideHandler")))
                .isEqualTo("Decide");
    }

    @Test
    void withoutAHandlerOfOursItHasTheNameThatAwsGaveIt() {
        assertThat(LambdaTelemetry.function(Map.of("_HANDLER", "other", "AWS_LAMBDA_FUNCTION_NAME", "stack-x")))
                .isEqualTo("stack-x");
        assertThat(LambdaTelemetry.function(Map.of())).isEqualTo("unknown");
    }
}
