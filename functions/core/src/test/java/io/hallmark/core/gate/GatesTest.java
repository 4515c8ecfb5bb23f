package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.version.VersionRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatesTest {

    private static VersionRecord version(List<String> missing, String auc) {
        return new VersionRecord(
                new ModelName("fraud"),
                new VersionNumber(1),
                new SemanticVersion(1, 0, 0),
                Optional.empty(),
                Hashing.sha256("bytes"),
                5,
                Optional.empty(),
                Optional.empty(),
                missing,
                new VersionRecord.Bump(VersionRecord.Bump.Kind.MAJOR, "first"),
                List.of(),
                Json.object()
                        .with(
                                "metrics",
                                Json.object()
                                        .with("overall", Json.object().with("roc_auc", Json.of(new BigDecimal(auc))))),
                new ObjectVersion("hallmark", "incoming/fraud/m", "v1"),
                Map.of(),
                Instant.EPOCH,
                1);
    }

    private static Gates.Decision decide(VersionRecord version, List<String> broken, Gate... gates) {
        return Gates.decide(Gates.always(), List.of(gates), new GateEvidence(version, Optional.empty(), broken));
    }

    private static Gate atLeast(String metric, String min) {
        return evidence ->
                Gates.judge(new Policy.GateRule(metric, Optional.of(new BigDecimal(min)), Optional.empty()), evidence);
    }

    @Test
    void theBoundItselfPassesExactly() {
        assertThat(decide(version(List.of(), "0.905"), List.of(), atLeast("overall.roc_auc", "0.905"))
                        .passed())
                .isTrue();
        assertThat(decide(version(List.of(), "0.9049999999999999"), List.of(), atLeast("overall.roc_auc", "0.905"))
                        .passed())
                .isFalse();
    }

    @Test
    void aMetricThatIsNotThereIsNoPass() {
        Gates.Decision decision = decide(version(List.of(), "0.9"), List.of(), atLeast("overall.log_loss", "0"));

        assertThat(decision.passed()).isFalse();
        assertThat(decision.reason()).contains("no number at metrics.overall.log_loss");
    }

    @Test
    void noGateOfThePolicyIsNoPass() {
        assertThat(decide(version(List.of(), "0.9"), List.of()).passed()).isFalse();
    }

    @Test
    void anIncompleteLineageIsNoPassWhateverTheMetricsSay() {
        Gates.Decision decision =
                decide(version(List.of("lineage.code.commit"), "0.9"), List.of(), atLeast("overall.roc_auc", "0.1"));

        assertThat(decision.passed()).isFalse();
        assertThat(decision.reason()).isEqualTo("lineage: LINEAGE_INCOMPLETE: lineage.code.commit missing");
    }

    @Test
    void bytesThatAreGoneAreNoPass() {
        assertThat(decide(version(List.of(), "0.9"), List.of("model.txt is gone"), atLeast("overall.roc_auc", "0.1"))
                        .reason())
                .isEqualTo("artifact: ARTIFACT_MISSING: model.txt is gone");
    }
}
