package io.hallmark.handlers.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.Decision;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.version.VersionRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateRoutesTest {

    private static final String RULES =
            "- {id: gain, metric: roc_auc, unit: fraction, change: {min: \"0.005\", method: delong}}";
    private static final GatePolicy STORED = Gated.policy("default", "", RULES);
    private static final String YAML = Gated.yaml("tried", "", RULES);

    private static final String PLAN = "/v1/gate-policies/plan";
    private static final String VERSION_PLAN = "/v1/models/ctr/versions/2/gate/plan";
    private static final String DRY_RUN = "/v1/models/ctr/versions/2/gate/dry-run";
    private static final String SIMULATE = "/v1/models/ctr/gate/simulate";

    private final Gated gated = new Gated(STORED);
    private final Router router = new Router(List.of(new GateRoutes(gated.tools, gated.history, gated.policies)));

    @BeforeEach
    void thereIsAVersionInProductionAndAnother() {
        gated.inProduction(gated.version(1, "0.7", Optional.of(Gated.predictions(1, 1.5))));
        gated.version(2, "0.8", Optional.of(Gated.predictions(2, 3)));
    }

    private ApiResponse send(String method, String path, String body) {
        return router.answer(new ApiRequest(
                "r-1",
                method,
                path,
                Map.of(),
                Map.of("content-type", "application/json"),
                new ApiRequest.Body(body.getBytes(StandardCharsets.UTF_8)),
                Gated.ADA));
    }

    private Json.Obj answer(String method, String path, String body) {
        ApiResponse answer = send(method, path, body);
        assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(200);
        return (Json.Obj) answer.body().orElseThrow();
    }

    /** Status, and pointer and code of everything that is wrong. */
    private String refusal(String method, String path, String body) {
        ApiResponse answer = send(method, path, body);
        Json.Obj problem = (Json.Obj) answer.body().orElseThrow();
        String errors = problem.has("errors")
                ? String.join(
                        ", ",
                        problem.array("errors").stream()
                                .map(Json.Obj.class::cast)
                                .map(error -> error.text("pointer") + " " + error.text("code"))
                                .toList())
                : problem.text("code");
        return answer.status() + " " + errors;
    }

    private static String body(Json.Obj fields) {
        return new String(CanonicalJson.bytes(fields), StandardCharsets.UTF_8);
    }

    private static String yaml(String policy) {
        return body(Json.object().with("yaml", policy));
    }

    @Test
    void aPlanOfAPolicyNeedsNoVersion() {
        Json.Obj named = answer("POST", PLAN, "{\"policy\":\"default\"}");
        Json.Obj sent = answer("POST", PLAN, yaml(YAML));

        assertThat(named.object("policy").text("digest"))
                .isEqualTo(STORED.digest().hex());
        assertThat(sent.object("policy").text("name")).isEqualTo("tried");
        assertThat(named.array("needs")).isEqualTo(sent.array("needs"));
        Json.Obj need = (Json.Obj) named.array("needs").get(0);
        assertThat(need.flag("observed")).isFalse();
        long typical = need.integer("needed");
        Json.Obj rarer = answer("POST", PLAN, "{\"policy\":\"default\",\"assumed\":{\"prevalence\":0.01}}");
        assertThat(((Json.Obj) rarer.array("needs").get(0)).integer("needed")).isGreaterThan(typical);
    }

    @Test
    void aPlanForAVersionGoesByWhatWasObserved() {
        Json.Obj plan = answer("POST", VERSION_PLAN, "{\"target\":\"eu-prod\"}");

        Json.Obj need = (Json.Obj) plan.array("needs").get(0);
        assertThat(need.flag("observed")).isTrue();
        assertThat(need.integer("available")).isEqualTo(Gated.EXAMPLES);
        assertThat(answer(
                                "POST",
                                VERSION_PLAN,
                                body(Json.object().with("target", "eu-prod").with("yaml", YAML)))
                        .object("policy")
                        .text("name"))
                .isEqualTo("tried");
    }

    @Test
    void aDryRunAnswersTheWholeDecisionAndItsExplanation() {
        Json.Obj tried = answer("POST", DRY_RUN, "{\"target\":\"eu-prod\"}");

        assertThat(tried.flag("admits")).isTrue();
        assertThat(tried.object("decision").text("verdict")).isEqualTo("PASSED");
        assertThat(tried.object("decision").text("actor")).isEqualTo("ada");
        assertThat(tried.texts("explanation").get(0))
                .startsWith("Version 1.2.0 (number 2) of ctr, bound for eu-prod, passed");
        assertThat(refusal("GET", "/v1/decisions/" + tried.text("digest"), "")).isEqualTo("404 NOT_FOUND");
        Json.Obj other = answer(
                "POST",
                DRY_RUN,
                body(Json.object().with("target", "eu-prod").with("yaml", YAML.replace("0.005", "0.4"))));
        assertThat(other.object("decision").text("verdict")).isEqualTo("REJECTED");
        assertThat(other.object("decision").object("policy").text("name")).isEqualTo("tried");
    }

    @Test
    void whatVersionModelOrPolicyIsNotThereIs404() {
        assertThat(refusal("POST", DRY_RUN.replace("/2/", "/9/"), "{\"target\":\"eu-prod\"}"))
                .isEqualTo("404 NOT_FOUND");
        assertThat(refusal("POST", VERSION_PLAN.replace("ctr", "rtc"), "{\"target\":\"eu-prod\"}"))
                .isEqualTo("404 NOT_FOUND");
        assertThat(refusal("POST", DRY_RUN, "{\"target\":\"eu-prod\",\"policy\":\"nope\"}"))
                .isEqualTo("404 NOT_FOUND");
        assertThat(refusal("POST", PLAN, "{\"policy\":\"nope\"}")).isEqualTo("404 NOT_FOUND");
        assertThat(refusal("POST", SIMULATE, "{\"policy\":\"nope\"}")).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void whatIsWrongWithABodyIsSaidByPointer() {
        assertThat(refusal("POST", PLAN, "{}")).isEqualTo("422 /policy REQUIRED");
        assertThat(refusal("POST", SIMULATE, "{}")).isEqualTo("422 /policy REQUIRED");
        assertThat(refusal("POST", DRY_RUN, "{}")).isEqualTo("422 /target REQUIRED");
        assertThat(refusal("POST", DRY_RUN, "{\"target\":\"EU prod\"}")).isEqualTo("422 /target TARGET");
        assertThat(refusal("POST", DRY_RUN, "{\"target\":\"eu-prod\",\"review\":{}}"))
                .isEqualTo("422 /review UNKNOWN_FIELD");
        assertThat(refusal("POST", PLAN, "{\"policy\":\"default\",\"assumed\":{\"auc\":0.5,\"share\":1,\"x\":1}}"))
                .isEqualTo("422 /assumed/auc RANGE, /assumed/share RANGE, /assumed/x UNKNOWN_FIELD");
        assertThat(refusal("POST", SIMULATE, "{\"policy\":\"default\",\"since\":\"yesterday\",\"target\":1}"))
                .isEqualTo("422 /target TYPE, /since TIME");
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAN, SIMULATE, DRY_RUN, VERSION_PLAN})
    void aPolicyIsNamedOrSentAndNotBoth(String path) {
        Json.Obj both = Json.object().with("policy", "default").with("yaml", YAML);
        boolean aboutAVersion = path.contains("versions");

        assertThat(refusal("POST", path, body(aboutAVersion ? both.with("target", "eu-prod") : both)))
                .isEqualTo("422 /yaml VALUE");
    }

    @Test
    void aPolicySentAsYamlIsReadAsStrictlyAsAStoredOne() {
        assertThat(refusal("POST", PLAN, yaml(YAML.replace("unit: fraction, ", "unit: points, "))))
                .isEqualTo("422 /spec/rules/0/unit POLICY_INVALID");
        assertThat(refusal("POST", PLAN, yaml("a: ["))).startsWith("400 ");
        assertThat(refusal("POST", PLAN, "{\"yaml\":1}")).isEqualTo("422 /yaml TYPE");
    }

    @Test
    void aSimulationWithoutPromotionsIsEmpty() {
        assertThat(answer(
                        "POST",
                        SIMULATE,
                        "{\"policy\":\"default\",\"target\":\"eu-prod\",\"since\":\"2026-05-01T00:00:00Z\"}"))
                .isEqualTo(Json.object()
                        .with("promotions", 0)
                        .with("flips", 0)
                        .with("rolledBack", 0)
                        .with("rolledBackStopped", 0)
                        .with("good", 0)
                        .with("goodBlocked", 0)
                        .with("notReplayable", 0)
                        .with("rows", Json.array(List.of())));
        assertThat(answer("POST", SIMULATE, yaml(YAML)).integer("promotions")).isZero();
    }

    @Test
    void aDecisionIsReadExplainedAndMadeAgain() {
        VersionRecord version = gated.version(3, "0.8", Optional.of(Gated.predictions(3, 3)));
        Decision decision = gated.decided(version, STORED, Optional.empty());
        String path = "/v1/decisions/" + decision.digest().hex();

        Json.Obj read = answer("GET", path, "");
        assertThat(read.object("decision")).isEqualTo(decision.document());
        assertThat(read.flag("admits")).isTrue();
        assertThat(read.array("stale")).isEmpty();
        assertThat(answer("GET", path + "/explanation", "").texts("sentences").get(0))
                .startsWith("Version 1.3.0 (number 3) of ctr, bound for eu-prod, passed");
        assertThat(answer("POST", path + "/verify", ""))
                .isEqualTo(Json.object()
                        .with("digest", decision.digest().hex())
                        .with("made", decision.digest().hex())
                        .with("same", true)
                        .with("checks", decision.checks().size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000000000000000000000000000000000000000000000000000000000", "latest", "ABC"})
    void aDecisionThatIsNotThereIs404(String digest) {
        assertThat(refusal("GET", "/v1/decisions/" + digest, "")).isEqualTo("404 NOT_FOUND");
        assertThat(refusal("GET", "/v1/decisions/" + digest + "/explanation", ""))
                .isEqualTo("404 NOT_FOUND");
        assertThat(refusal("POST", "/v1/decisions/" + digest + "/verify", "")).isEqualTo("404 NOT_FOUND");
    }
}
