package io.hallmark.handlers.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.Actor;
import io.hallmark.core.service.Idempotency;
import io.hallmark.core.service.gate.GatePolicies;
import io.hallmark.handlers.wiring.ShippedGatePolicies;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GatePolicyRoutesTest {

    private static final String YAML = """
            apiVersion: gates/v1
            kind: GatePolicy
            metadata: {name: strict, version: 2, description: Stricter.}
            spec:
              appliesTo: {models: ["ctr*"], transition: {to: production}}
              baseline: {ref: "stage:production"}
              statistics: {confidence: "0.95"}
              rules:
                - id: gain
                  metric: roc_auc
                  unit: fraction
                  change: {min: "0.005"}
            """;

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
    private final MemoryTable table = new MemoryTable(clock, 0);
    private final Router router = new Router(List.of(new IdempotentWrites(
            new GatePolicyRoutes(new GatePolicies(table, clock, ShippedGatePolicies.read())),
            new Idempotency(table, clock, new Random(5)))));

    private ApiResponse send(String method, String path, String type, String body, Map<String, String> query) {
        return router.answer(new ApiRequest(
                "r-1",
                method,
                path,
                query,
                Map.of("content-type", type, "idempotency-key", "k-" + body.hashCode() + path),
                new ApiRequest.Body(body.getBytes(StandardCharsets.UTF_8)),
                new Actor("ada")));
    }

    private ApiResponse put(String name, String body) {
        return send("PUT", "/v1/gate-policies/" + name, "application/yaml", body, Map.of());
    }

    private ApiResponse get(String path, Map<String, String> query) {
        return send("GET", path, "application/json", "", query);
    }

    private Json.Obj lint(String body) {
        ApiResponse answer = send("POST", "/v1/gate-policies/lint", "application/yaml", body, Map.of());
        assertThat(answer.status()).isEqualTo(200);
        return body(answer);
    }

    private static Json.Obj body(ApiResponse answer) {
        return (Json.Obj) answer.body().orElseThrow();
    }

    @Test
    void whatIsPutIsAnsweredWithDigestVersionAndFindingsAndFoundAgain() {
        ApiResponse stored = put("strict", YAML);

        assertThat(stored.status()).isEqualTo(200);
        assertThat(body(stored).integer("version")).isEqualTo(2);
        Json.Obj finding = (Json.Obj) body(stored).array("findings").get(0);
        assertThat(finding.text("code")).isEqualTo("EXAMPLES_NEEDED");
        assertThat(finding.integer("line")).isEqualTo(12);
        assertThat(finding.integer("column")).isEqualTo(7);

        Json.Obj found = body(get("/v1/gate-policies/strict", Map.of()));
        assertThat(found.text("digest")).isEqualTo(body(stored).text("digest"));
        assertThat(found.text("description")).isEqualTo("Stricter.");
        assertThat(found.flag("shipped")).isFalse();
        assertThat(found.object("appliesTo").texts("models")).containsExactly("ctr*");
        assertThat(found.object("document").text("kind")).isEqualTo("GatePolicy");
        assertThat(get("/v1/gate-policies/strict", Map.of("version", "2")).status())
                .isEqualTo(200);
        assertThat(get("/v1/gate-policies/strict", Map.of("version", "1")).status())
                .isEqualTo(404);
        assertThat(get("/v1/gate-policies/strict", Map.of("version", "x")).status())
                .isEqualTo(400);
        assertThat(body(get("/v1/gate-policies", Map.of())).array("policies"))
                .extracting(each -> ((Json.Obj) each).text("name"))
                .containsExactly("default", "demo", "strict");
    }

    @Test
    void refusalsAreConflictsAndErrorsHaveLineAndColumn() {
        put("strict", YAML);

        assertThat(body(put("strict", YAML.replace("0.005", "0.006"))).text("code"))
                .isEqualTo("POLICY_VERSION_TAKEN");
        assertThat(body(put("default", YAML.replace("strict", "default"))).text("code"))
                .isEqualTo("POLICY_SHIPPED");
        ApiResponse misnamed = put("other", YAML);
        assertThat(misnamed.status()).isEqualTo(422);
        assertThat(body(misnamed).text("code")).isEqualTo("POLICY_INVALID");
        Json.Obj error = (Json.Obj) body(misnamed).array("errors").get(0);
        assertThat(error)
                .isEqualTo(Json.object()
                        .with("pointer", "/metadata/name")
                        .with("line", 3)
                        .with("column", 12)
                        .with("code", "POLICY_INVALID")
                        .with("reason", "line 3, column 12: value: the policy calls itself strict, not other"));
        assertThat(put("strict", "a: [").status()).isEqualTo(400);
    }

    @Test
    void lintAnswersWhateverItIsGiven() {
        Json.Obj right = lint(YAML);
        assertThat(right.flag("valid")).isTrue();
        assertThat(right.text("digest")).hasSize(64);
        assertThat(right.array("findings")).hasSize(1);

        Json.Obj wrong = lint(YAML.replace("unit: fraction", "unit: points"));
        assertThat(wrong.flag("valid")).isFalse();
        assertThat(wrong.has("digest")).isFalse();
        assertThat(((Json.Obj) wrong.array("errors").get(0)).integer("line")).isEqualTo(11);

        Json.Obj broken = lint("a: [");
        assertThat(broken.flag("valid")).isFalse();
        assertThat(broken.array("errors").get(0))
                .isEqualTo(Json.object()
                        .with("pointer", "")
                        .with("line", 1)
                        .with("column", 5)
                        .with("code", "YAML_INVALID")
                        .with("reason", "line 1, column 5: the text is not YAML"));
        assertThat(table.get(io.hallmark.core.store.GateKeys.latest("strict"))).isEmpty();
    }

    @Test
    void jsonIsTakenToo() {
        ApiResponse asJson = send(
                "POST",
                "/v1/gate-policies/lint",
                "application/json; charset=utf-8",
                "{\"apiVersion\": \"gates/v1\"}",
                Map.of());
        assertThat(body(asJson).array("errors")).hasSize(3);
        assertThat(send("POST", "/v1/gate-policies/lint", "text/plain", "a", Map.of())
                        .status())
                .isEqualTo(415);
    }

    @Test
    void theAnswerToTheLargestPolicyFitsWhereAnswersAreKept() {
        StringBuilder rules = new StringBuilder(YAML);
        for (int i = 0; i < 999; i++) {
            rules.append("    - {id: gain-")
                    .append(i)
                    .append(", metric: roc_auc, unit: fraction, change: {mode: point, min: 0.1}}\n");
        }

        ApiResponse stored = put("strict", rules.toString());

        assertThat(stored.status()).isEqualTo(200);
        assertThat(body(stored).array("findings")).hasSize(200);
        assertThat(lint(YAML.replace("fraction", "points") + "    - {id: 1}\n".repeat(999))
                        .array("errors"))
                .hasSize(200);
    }
}
