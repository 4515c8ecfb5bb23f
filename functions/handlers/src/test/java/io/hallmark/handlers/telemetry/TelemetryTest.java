package io.hallmark.handlers.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Trace;
import io.hallmark.handlers.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TelemetryTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final List<String> lines = new ArrayList<>();
    private final Telemetry telemetry = new Telemetry(
            "prod", "Decide", () -> NOW, lines::add, () -> Trace.parse("Root=1-5759e988-bd862e3fe1be46a994272793"));

    private Json.Obj line(int index) {
        return (Json.Obj) StrictJson.read(lines.get(index).getBytes(StandardCharsets.UTF_8));
    }

    private static Json.Obj directive(Json.Obj line) {
        List<Json> directives = line.object("_aws").array("CloudWatchMetrics");
        assertThat(directives).hasSize(1);
        return (Json.Obj) directives.get(0);
    }

    @Test
    void aCallIsOneLineInTheEmbeddedMetricFormat() {
        try (Telemetry.Call call = telemetry.call(null)) {
            telemetry.record(Metric.INGEST_LATENCY, 41.5);
            telemetry.record(Metric.INGEST_LATENCY, 43);
            telemetry.count(Metric.REGISTERED);
            assertThat(lines).as("while the call runs").isEmpty();
            assertThat(call.millis()).isZero();
        }

        assertThat(lines)
                .containsExactly(
                        "{\"_aws\":{\"Timestamp\":1795255200000,\"CloudWatchMetrics\":[{\"Namespace\":\"Hallmark\","
                                + "\"Dimensions\":[[\"Environment\"],[\"Environment\",\"Function\"]],"
                                + "\"Metrics\":[{\"Name\":\"IngestLatencyMs\",\"Unit\":\"Milliseconds\"},"
                                + "{\"Name\":\"Registered\",\"Unit\":\"Count\"}]}]},"
                                + "\"Environment\":\"prod\",\"Function\":\"Decide\","
                                + "\"IngestLatencyMs\":[41.5,43],\"Registered\":1}");
    }

    @Test
    void aReasonIsALineAndADimensionSetOfItsOwn() {
        try (Telemetry.Call call = telemetry.call(null)) {
            telemetry.count(Metric.QUARANTINED, "EMPTY");
            telemetry.count(Metric.QUARANTINED, "KEY_PATH");
            telemetry.count(Metric.QUARANTINED, "EMPTY");
            assertThat(call.began()).isEqualTo(NOW);
        }

        assertThat(lines).hasSize(2);
        assertThat(line(0).text("Reason")).isEqualTo("EMPTY");
        assertThat(line(0).array("Quarantined")).hasSize(2);
        assertThat(line(1).text("Reason")).isEqualTo("KEY_PATH");
        assertThat(directive(line(1)).array("Dimensions"))
                .containsExactly(
                        Json.texts(List.of("Environment")),
                        Json.texts(List.of("Environment", "Function")),
                        Json.texts(List.of("Environment", "Reason")));
    }

    @Test
    void aMeasurementOutsideOfEveryCallIsWrittenAtOnce() {
        telemetry.count(Metric.TRANSACTION_CANCELED, "TransactionConflict");

        assertThat(lines).hasSize(1);
    }

    @Test
    void aCallThatFailsTellsWhatItHadMeasured() {
        try (Telemetry.Call call = telemetry.call(null)) {
            telemetry.count(Metric.REGISTERED);
            throw new IllegalStateException("after " + call.millis());
        } catch (IllegalStateException failed) {
            assertThat(failed).hasMessage("after 0");
        }

        assertThat(lines).hasSize(1);
    }

    @Test
    void noLineHasMoreThanAHundredValuesOfAMetricOrMoreMetricsThanThereAre() {
        try (Telemetry.Call call = telemetry.call(null)) {
            for (Metric metric : Metric.values()) {
                for (int i = 0; i < 250; i++) {
                    telemetry.count(metric);
                }
            }
            assertThat(call.millis()).isZero();
        }

        assertThat(lines).hasSize(3);
        assertThat(directive(line(0)).array("Metrics")).hasSizeLessThanOrEqualTo(100);
        assertThat(line(0).array("Registered")).hasSize(100);
        assertThat(line(2).array("Registered")).hasSize(50);
    }

    @Test
    void aReasonIsAShortWordWhateverIsGiven() {
        telemetry.count(Metric.AUTH_DENIED, "line\nbreak \u202e \"quote\" " + "x".repeat(500));

        assertThat(line(0).text("Reason")).matches("line_break_[A-Za-z0-9_]{53}");
    }

    @Test
    void whatIsNotFiniteIsNoMeasurement() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> telemetry.record(Metric.INGEST_LATENCY, Double.NaN))
                .withMessageContaining("IngestLatencyMs");
    }

    @Test
    void whereNobodyReadsNothingIsWritten() {
        Telemetry none = Telemetry.none();
        none.count(Metric.REGISTERED);
        try (Telemetry.Call call = none.call(null)) {
            none.count(Metric.REGISTERED, "reason");
            assertThat(call.began()).isEqualTo(Instant.EPOCH);
        }
        assertThat(none.trace()).isEqualTo(Optional.empty());
    }
}
