package io.hallmark.handlers.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.MeteredTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a registration costs in round trips and units of DynamoDB. */
class RoundTripsTest {

    private static final int UNITS_MAX = 30;

    private final Registry registry = new Registry();

    private static List<String> products(MeteredTable.Written written, String prefix) {
        return written.lines().stream()
                .map(line -> line.key().pk())
                .filter(pk -> pk.startsWith(prefix))
                .toList();
    }

    @Test
    void aVersionWithFourIngredientsIsOneTransactionOfAtMostThirtyUnits() {
        registry.uploadSample("doctor-visit/baseline-logistic", "doctor-visit/base");
        List<ObjectVersion> objects = registry.putSample("doctor-visit/candidate-gbm", "doctor-visit/gbm");
        ObjectVersion manifest = objects.get(objects.size() - 1);
        objects.subList(0, objects.size() - 1).forEach(registry::tell);
        registry.table.reset();
        registry.tell(manifest);

        List<MeteredTable.Written> makingVersions = registry.table.transactions().stream()
                .filter(written -> written.lines().stream()
                        .anyMatch(line -> line.key().sk().matches("V#[0-9]{12}")))
                .toList();
        assertThat(makingVersions).hasSize(1);
        MeteredTable.Written registration = makingVersions.get(0);
        assertThat(registration.committed()).isTrue();
        assertThat(products(registration, "NODE#")).hasSize(4);
        assertThat(registration.lines()).hasSize(14);
        assertThat(registration.units())
                .as("%s", registration.lines())
                .isEqualTo(28)
                .isLessThanOrEqualTo(UNITS_MAX);
        assertThat(registration.indexUnits()).isEqualTo(11);
        // The manifest is staged first and its set settled last: each of them a transaction of the ledger.
        assertThat(registry.table.transactions()).hasSize(4);
        assertThat(registry.table.reads()).hasSizeLessThanOrEqualTo(26);
    }

    @Test
    void aFileThatRegistersAloneIsOneTransactionInAll() {
        Map<String, String> said = Map.of(
                "commit", "a7f1ad1bed22415e154a76f5bf88b56f079f6757",
                "data", "randhie@sha256:" + "e7".repeat(32),
                "environment-lock", "sha256:" + "fa".repeat(32));
        ObjectVersion file = Uploads.put(registry.blobs, "incoming/fraud/model.onnx", Uploads.bytes("x"), said);
        registry.tell(file);
        ObjectVersion next = Uploads.put(registry.blobs, "incoming/fraud/model.onnx", Uploads.bytes("y"), said);
        registry.table.reset();
        registry.tell(next);

        assertThat(registry.table.transactions()).hasSize(1);
        assertThat(registry.table.transactions().get(0).units()).isLessThanOrEqualTo(UNITS_MAX);
        assertThat(registry.table.reads()).hasSizeLessThanOrEqualTo(9);
    }
}
