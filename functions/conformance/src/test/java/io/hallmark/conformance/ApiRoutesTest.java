package io.hallmark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.promotion.Ids;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.version.VersionRecord;
import io.hallmark.handlers.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every route of the API, from the built jar under AWS's runtime interface client: one story that uses each for its work. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS's runtime interface client runs on Linux only")
class ApiRoutesTest {

    private static final ModelName MODEL = new ModelName("doctor-visit");
    private static final String VERSION = "/v1/models/doctor-visit/versions/1";
    private static final String SERVED = "/v1/targets/eu-prod/models/doctor-visit";
    private static final String FLOOR = """
            {"apiVersion": "gates/v1", "kind": "GatePolicy", "metadata": {"name": "floor", "version": 1},
             "spec": {"appliesTo": {"models": ["*"], "transition": {"to": "shadow"}},
                      "baseline": {"ref": "stage:production", "evidence": "persisted"},
                      "rules": [{"id": "floor", "metric": "roc_auc", "unit": "fraction", "min": "0.6"}]}}""";

    @TempDir
    Path folder;

    private final Set<String> used = new TreeSet<>();
    private World world;
    private HttpApi api;

    @BeforeEach
    void thereIsAVersion() throws IOException {
        world = new World(folder);
        world.upload("doctor-visit/baseline-logistic", "doctor-visit/first");
        FunctionProcess intake = world.start("intake", "io.hallmark.handlers.intake.ArtifactUploadedHandler");
        assertThat(intake.invoke(world.batch()).body()).contains("\"batchItemFailures\":[]");
        api = new HttpApi(world.start("api", "io.hallmark.handlers.api.ApiHandler"));
    }

    @AfterEach
    void end() throws IOException {
        world.close();
    }

    /** Asks by a route, whose variables the path has filled in; the status is what it has to be. */
    private Json.Obj ask(int status, String route, String path, String body) throws IOException {
        String method = route.substring(0, route.indexOf(' '));
        HttpApi.Answer answer = api.call(method, path, body);
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.text()).isEqualTo(status);
        used.add(route);
        return answer.text().isEmpty() ? Json.object() : answer.body();
    }

    private Json.Obj get(String route, String path) throws IOException {
        return ask(200, "GET " + route, path, "");
    }

    @Test
    void everyRouteDoesItsWork() throws Exception {
        VersionRecord version =
                VersionRows.find(world.table, MODEL, new VersionNumber(1)).orElseThrow();
        theRegistryIsRead(version);
        aliasesMove();
        filesAreSent();
        evidenceIsSubmitted(version);
        policiesAreKept();
        String promotion = aPromotionBegins();
        theGatesAreAsked(promotion);
        aFleetFollows(promotion);
        itIsTakenBack(promotion);
        theTrailIsSigned();

        assertThat(used).as("the routes that were used").containsExactlyInAnyOrderElementsOf(HttpApi.routes());
        assertThat(world.aws.unknown())
                .as("what the functions asked and no stub knows")
                .isEmpty();
    }

    private void theRegistryIsRead(VersionRecord version) throws IOException {
        assertThat(get("/v1/health", "/v1/health").text("status")).isEqualTo("ok");
        assertThat(get("/v1/models", "/v1/models").array("models")).hasSize(1);
        ask(200, "PATCH /v1/models/{model}", "/v1/models/doctor-visit", "{\"description\":\"who goes to a doctor\"}");
        assertThat(get("/v1/models/{model}", "/v1/models/doctor-visit").text("description"))
                .isEqualTo("who goes to a doctor");
        assertThat(get("/v1/models/{model}/versions", "/v1/models/doctor-visit/versions")
                        .array("versions"))
                .hasSize(1);
        assertThat(get("/v1/models/{model}/versions/{version}", VERSION)
                        .object("integrity")
                        .text("state"))
                .isEqualTo("VERIFIED");
        assertThat(get("/v1/models/{model}/versions/{version}/files", VERSION + "/files")
                        .array("files"))
                .hasSizeGreaterThan(1);
        String file = version.files().get(0).path();
        ask(302, "GET /v1/models/{model}/versions/{version}/files/{path...}", VERSION + "/files/" + file, "");
        assertThat(get("/v1/models/{model}/versions/{version}/lineage", VERSION + "/lineage")
                        .array("edges"))
                .isNotEmpty();
        assertThat(get(
                                "/v1/models/{model}/versions/{version}/diff/{other}",
                                "/v1/models/doctor-visit/versions/1/diff/1")
                        .array("changes"))
                .isEmpty();
        assertThat(get(
                                "/v1/runs/{run}",
                                "/v1/runs/" + version.runId().orElseThrow().hex())
                        .array("replicates"))
                .hasSize(1);
        assertThat(get(
                                "/v1/artifacts/{sha256}",
                                "/v1/artifacts/" + version.artifactDigest().hex())
                        .array("versions"))
                .hasSize(1);
        assertThat(get("/v1/uploads", "/v1/uploads?model=doctor-visit").array("uploads"))
                .isNotEmpty();
        String upload = UploadRows.decode(UploadRows.inState(world.table, LedgerState.REGISTERED, 1, Optional.empty())
                        .items()
                        .get(0))
                .id()
                .hex();
        assertThat(get("/v1/uploads/{upload}", "/v1/uploads/" + upload).text("state"))
                .isEqualTo("REGISTERED");
    }

    private void aliasesMove() throws IOException {
        String alias = "/v1/models/doctor-visit/aliases/champion";
        ask(201, "PUT /v1/models/{model}/aliases/{alias}", alias, "{\"version\":\"1\",\"reason\":\"the only one\"}");
        assertThat(get("/v1/models/{model}/aliases/{alias}", alias).integer("number"))
                .isEqualTo(1);
        assertThat(get("/v1/models/{model}/aliases", "/v1/models/doctor-visit/aliases")
                        .array("aliases"))
                .hasSize(1);
        ask(204, "DELETE /v1/models/{model}/aliases/{alias}", alias + "?reason=unused", "");
    }

    private void filesAreSent() throws IOException, InterruptedException {
        Json.Obj whole = ask(
                201,
                "POST /v1/uploads",
                "/v1/uploads",
                "{\"model\":\"doctor-visit\",\"files\":[{\"path\":\"model.txt\",\"size\":5}]}");
        put((Json.Obj) whole.array("files").get(0), "whole");

        byte[] bytes = "parts".getBytes(StandardCharsets.UTF_8);
        String part = Hashing.sha256(bytes).hex();
        String wish = "{\"model\":\"doctor-visit\",\"path\":\"large.txt\",\"size\":5}";
        String parts = "/v1/part-uploads/"
                + ask(201, "POST /v1/part-uploads", "/v1/part-uploads", wish).text("partUpload");
        assertThat(get("/v1/part-uploads/{partUpload}", parts).array("parts")).isEmpty();
        Json.Obj addresses = ask(
                200,
                "POST /v1/part-uploads/{partUpload}/addresses",
                parts + "/addresses",
                "{\"parts\":[{\"number\":1,\"sha256\":\"" + part + "\"}]}");
        put((Json.Obj) addresses.array("parts").get(0), "parts");
        String tree = Hashing.sha256(Hashing.bytes(Hashing.sha256(bytes))).hex();
        Json.Obj made = ask(
                200, "POST /v1/part-uploads/{partUpload}/complete", parts + "/complete", "{\"tree\":\"" + tree + "\"}");
        assertThat(made.text("tree")).isEqualTo(tree);
        String other = ask(201, "POST /v1/part-uploads", "/v1/part-uploads", wish.replace("large", "other"))
                .text("partUpload");
        ask(204, "DELETE /v1/part-uploads/{partUpload}", "/v1/part-uploads/" + other, "");
    }

    /** Sends bytes as an answer of the API says. */
    private static void put(Json.Obj address, String text) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address.text("url"))).PUT(HttpRequest.BodyPublishers.ofString(text));
        address.findObject("headers")
                .ifPresent(headers ->
                        headers.fields().forEach((name, value) -> request.header(name, ((Json.Text) value).value())));
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void evidenceIsSubmitted(VersionRecord version) throws IOException {
        String route = "/v1/models/{model}/versions/{version}/evidence";
        ask(201, "POST " + route, VERSION + "/evidence", """
                {"schema": "hallmark/evidence/v1", "artifactDigest": "%s", "variant": "default",
                 "dataset": {"digest": "sha256:%s", "rows": 400}, "evaluator": {"name": "ci", "version": "1.0"},
                 "producedAt": "2026-11-21T09:00:00Z", "overall": {"n": 400, "roc_auc": 0.8}}""".formatted(
                        version.artifactDigest().prefixed(), "d".repeat(64)));
        assertThat(get(route, VERSION + "/evidence").array("evidence"))
                .extracting(report -> ((Json.Obj) report).text("source"))
                .contains("api");
    }

    private void policiesAreKept() throws IOException {
        assertThat(get("/v1/policies", "/v1/policies").array("policies")).hasSize(2);
        Json.Obj demo = get("/v1/policies/{policy}", "/v1/policies/demo").object("document");
        ask(200, "PUT /v1/policies/{policy}", "/v1/policies/mine", CanonicalJson.write(demo));
        ask(200, "PUT /v1/gate-policies/{policy}", "/v1/gate-policies/floor", FLOOR);
        assertThat(get("/v1/gate-policies", "/v1/gate-policies").array("policies"))
                .hasSize(3);
        assertThat(get("/v1/gate-policies/{policy}", "/v1/gate-policies/floor").integer("version"))
                .isEqualTo(1);
        assertThat(ask(200, "POST /v1/gate-policies/lint", "/v1/gate-policies/lint", FLOOR)
                        .flag("valid"))
                .isTrue();
        assertThat(ask(200, "POST /v1/gate-policies/plan", "/v1/gate-policies/plan", "{\"policy\":\"demo\"}")
                        .object("policy")
                        .text("name"))
                .isEqualTo("demo");
    }

    private String aPromotionBegins() throws IOException {
        ask(201, "POST /v1/targets", "/v1/targets", "{\"name\":\"eu-prod\",\"kind\":\"route-document\"}");
        assertThat(get("/v1/targets", "/v1/targets").array("targets")).hasSize(1);
        String promotion = ask(
                        202,
                        "POST /v1/models/{model}/versions/{version}/promotions",
                        VERSION + "/promotions",
                        "{\"target\":\"eu-prod\",\"policy\":\"demo\",\"reason\":\"first\",\"bootstrap\":true}")
                .text("promotionId");
        perform("promotion", Set.of("AcquireLock", "Validate", "PrepareTarget", "StartShadow"), promotion);
        assertThat(get("/v1/promotions", "/v1/promotions").array("promotions")).hasSize(1);
        assertThat(get("/v1/promotions/{promotion}/events", "/v1/promotions/" + promotion + "/events")
                        .array("events"))
                .extracting(event -> ((Json.Obj) event).text("type"))
                .containsExactly("promotion.started", "promotion.verdict", "promotion.step");
        ask(
                409,
                "POST /v1/promotions/{promotion}/approvals",
                "/v1/promotions/" + promotion + "/approvals",
                "{\"decision\":\"grant\",\"evidenceHash\":\"" + "0".repeat(64) + "\",\"reason\":\"fine\"}");
        return promotion;
    }

    /** Does what the machine would have its functions do. */
    private void perform(String machine, Set<String> actions, String id) throws IOException {
        Map<String, FunctionProcess> functions = Map.of(
                "${DecideFunctionArn}", world.start("promotion", "io.hallmark.handlers.promotion.DecideHandler"),
                "${TargetFunctionArn}", world.start("promotion", "io.hallmark.handlers.promotion.TargetHandler"));
        for (Tasks.Task task : Tasks.of(machine)) {
            if (actions.contains(task.action())) {
                String decision =
                        task.run(functions, Map.of("$.promotionId", Json.of(id), "$.rollbackId", Json.of(id)));
                assertThat(decision).as(task.action()).doesNotStartWith("[");
            }
        }
    }

    private void theGatesAreAsked(String promotion) throws IOException {
        String digest = get("/v1/promotions/{promotion}", "/v1/promotions/" + promotion)
                .object("gates")
                .text("digest");
        String decision = "/v1/decisions/" + digest;
        assertThat(get("/v1/decisions/{digest}", decision).object("decision").text("verdict"))
                .isEqualTo("PASSED");
        assertThat(get("/v1/decisions/{digest}/explanation", decision + "/explanation")
                        .array("sentences"))
                .isNotEmpty();
        assertThat(ask(200, "POST /v1/decisions/{digest}/verify", decision + "/verify", "{}")
                        .flag("same"))
                .isTrue();
        String asked = "{\"target\":\"eu-prod\",\"policy\":\"demo\"}";
        assertThat(ask(200, "POST /v1/models/{model}/versions/{version}/gate/dry-run", VERSION + "/gate/dry-run", asked)
                        .flag("admits"))
                .isTrue();
        ask(200, "POST /v1/models/{model}/versions/{version}/gate/plan", VERSION + "/gate/plan", asked);
        assertThat(ask(
                                200,
                                "POST /v1/models/{model}/gate/simulate",
                                "/v1/models/doctor-visit/gate/simulate",
                                "{\"policy\":\"demo\"}")
                        .integer("promotions"))
                .isEqualTo(1);
    }

    private void aFleetFollows(String promotion) throws IOException {
        Json.Obj route = get("/v1/targets/{target}/models/{model}/route", SERVED + "/route");
        assertThat(route.text("promotionId")).isEqualTo(promotion);
        ask(
                202,
                "POST /v1/targets/{target}/models/{model}/acks",
                SERVED + "/acks",
                JsonText.write(Json.object()
                        .with("instanceId", "pod-1")
                        .with("routeRevision", route.integer("routeRevision"))
                        .with("routeDigest", route.text("digest"))
                        .with("loaded", Json.array(java.util.List.of()))
                        .with("at", "2026-11-21T10:00:00Z")));
        ask(202, "POST /v1/targets/{target}/models/{model}/observations", SERVED + "/observations", """
                {"source": "pod-1", "seq": 1, "windowStart": "2026-11-21T09:59:50Z",
                 "windowEnd": "2026-11-21T10:00:00Z", "routeRevision": %d, "variant": "1.0.0", "requests": 10,
                 "errors": 0, "overSlo": {"100": 1}}""".formatted(
                        route.integer("routeRevision")));
        assertThat(get("/v1/targets/{target}/models/{model}", SERVED)
                        .object("instances")
                        .integer("atRevision"))
                .isEqualTo(1);
    }

    private void itIsTakenBack(String promotion) throws IOException {
        ask(
                202,
                "POST /v1/promotions/{promotion}/cancel",
                "/v1/promotions/" + promotion + "/cancel",
                "{\"reason\":\"enough seen\"}");
        perform("rollback", Set.of("RequestRollback", "Claim", "RestoreBaseline"), Ids.rollbackOf(promotion));
        assertThat(get("/v1/rollbacks/{rollback}", "/v1/rollbacks/" + Ids.rollbackOf(promotion))
                        .flag("applied"))
                .isTrue();
        assertThat(get("/v1/promotions/{promotion}/evidence", "/v1/promotions/" + promotion + "/evidence")
                        .text("sha256"))
                .hasSize(64);
        assertThat(ask(
                                200,
                                "POST /v1/targets/{target}/models/{model}/rollback",
                                SERVED + "/rollback",
                                "{\"reason\":\"p99\"}")
                        .text("rollbackId"))
                .as("it is being taken back already")
                .isEqualTo(Ids.rollbackOf(promotion));
    }

    private void theTrailIsSigned() throws IOException {
        FunctionProcess digest = world.start("upkeep", "io.hallmark.handlers.audit.DigestHandler");
        assertThat(digest.invoke(World.sample("eventbridge-schedule.json")).failed())
                .as(digest.said())
                .isFalse();
        assertThat(get("/v1/digests/{number}", "/v1/digests/1").text("algorithm"))
                .isEqualTo("ECDSA_SHA_256");
        assertThat(get("/v1/audit/{scope}", "/v1/audit/model:doctor-visit").flag("intact"))
                .isTrue();
        assertThat(ask(410, "GET /v1/events", "/v1/events?after=0", "").text("code"))
                .as("events are on the bus")
                .isEqualTo("EVENTS_ON_THE_BUS");
    }
}
