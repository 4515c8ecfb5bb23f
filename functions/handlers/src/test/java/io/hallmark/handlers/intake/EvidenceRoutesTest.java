package io.hallmark.handlers.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.service.evidence.EvidenceQueries;
import io.hallmark.core.version.VersionRecord;
import io.hallmark.handlers.api.ApiRequest;
import io.hallmark.handlers.api.ApiResponse;
import io.hallmark.handlers.api.EvidenceRoutes;
import io.hallmark.handlers.api.Router;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceRoutesTest {

    private static final String PATH = "/v1/models/doctor-visit/versions/1.0.0/evidence";

    private final Evidence evidence = new Evidence();
    private final Router router = new Router(
            List.of(new EvidenceRoutes(evidence.submit, new EvidenceQueries(evidence.registry.table, evidence.store))));
    private final VersionRecord version = evidence.sample("candidate-gbm");

    private ApiResponse call(String method, String path, byte[] body) {
        return router.answer(new ApiRequest(
                "r-1",
                method,
                path,
                Map.of(),
                Map.of("content-type", "application/json"),
                new ApiRequest.Body(body),
                new Actor("ci-evaluator")));
    }

    @Test
    void a_report_is_created_and_listed() {
        evidence.registry.clock.advance(java.time.Duration.ofHours(1));
        ApiResponse created = call("POST", PATH, ExactJson.bytes(Evidence.document(version, "0.69")));
        assertThat(created.status()).isEqualTo(201);
        Json.Obj answer = (Json.Obj) created.body().orElseThrow();
        assertThat(answer.text("digest")).startsWith("sha256:");
        assertThat(answer.text("receivedAt"))
                .isEqualTo(evidence.registry.clock.instant().toString());
        assertThat(answer.object("evaluator").text("identity")).isEqualTo("ci-evaluator");

        Json.Obj list = (Json.Obj) call("GET", PATH, new byte[0]).body().orElseThrow();
        assertThat(list.array("evidence"))
                .containsExactly(answer.with("source", "api").with("counts", true), ((Json.Obj)
                        list.array("evidence").get(1)));
        assertThat(((Json.Obj) list.array("evidence").get(1)).text("source")).isEqualTo("manifest");
        assertThat(((Json.Obj) list.array("evidence").get(1)).flag("counts")).isFalse();
    }

    @Test
    void everything_that_is_wrong_with_a_report_is_a_problem_with_pointers() {
        Json.Obj wrong = Evidence.document(version, "91.2")
                .with("artifactDigest", "sha256:" + "0".repeat(64))
                .with("extra", 1);
        ApiResponse refused = call("POST", PATH, ExactJson.bytes(wrong));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(((Json.Obj) refused.body().orElseThrow()).array("errors"))
                .extracting(error -> ((Json.Obj) error).text("pointer") + " " + ((Json.Obj) error).text("code"))
                .containsExactly(
                        "/artifactDigest REPORT_BINDING", "/overall/roc_auc METRIC_RANGE", "/extra UNKNOWN_FIELD");
    }

    @Test
    void names_and_numbers_that_are_dangerous_elsewhere_are_refused() {
        Json.Obj wrong = Evidence.document(version, "0.9")
                .with(
                        "overall",
                        Json.object().with("__proto__", 1).with("count", Json.of(new BigDecimal("9007199254740993"))));
        ApiResponse refused = call("POST", PATH, ExactJson.bytes(wrong));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(((Json.Obj) refused.body().orElseThrow()).array("errors"))
                .extracting(error -> ((Json.Obj) error).text("code"))
                .containsExactly("FIELD_NAME", "NUMBER_RANGE");
    }

    @Test
    void what_is_not_there_has_no_evidence() {
        assertThat(call("GET", "/v1/models/doctor-visit/versions/9/evidence", new byte[0])
                        .status())
                .isEqualTo(404);
        assertThat(call(
                                "POST",
                                "/v1/models/none/versions/1/evidence",
                                Evidence.document(version, "1")
                                        .toString()
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
        assertThat(call("POST", "/v1/models/none/versions/1/evidence", ExactJson.bytes(Evidence.document(version, "1")))
                        .status())
                .isEqualTo(404);
    }
}
