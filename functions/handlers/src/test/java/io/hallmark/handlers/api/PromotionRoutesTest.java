package io.hallmark.handlers.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.canary.PlainAnalysis;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.ResumableSha256;
import io.hallmark.core.identity.UploadId;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.model.Voucher;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.Idempotency;
import io.hallmark.core.service.gate.GateFixtures;
import io.hallmark.core.service.promotion.Actions;
import io.hallmark.core.service.promotion.Parts;
import io.hallmark.core.service.promotion.Policies;
import io.hallmark.core.service.promotion.RouteReader;
import io.hallmark.core.service.promotion.StepCall;
import io.hallmark.core.service.target.DeploymentTargets;
import io.hallmark.core.service.target.RouteDocumentTarget;
import io.hallmark.core.service.target.Targets;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.version.VersionRecord;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.handlers.promotion.NoFlows;
import io.hallmark.handlers.wiring.ShippedGatePolicies;
import io.hallmark.handlers.wiring.ShippedPolicies;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromotionRoutesTest {

    private static final String PROMOTIONS = "/v1/models/fraud/versions/1/promotions";
    private static final String SERVED = "/v1/targets/eu-prod/models/fraud";

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
    private final MemoryTable table = new MemoryTable(clock, 0);
    private final MemoryBlobs blobs = new MemoryBlobs(clock, Set.of("hallmark", "hallmark-registry"));
    private final AtomicReference<Duration> slept = new AtomicReference<>(Duration.ZERO);
    private final Parts parts = new Parts(
            table,
            blobs,
            new NoFlows(),
            new DeploymentTargets(
                    table,
                    Map.of(
                            DeploymentTargets.ROUTE_DOCUMENT,
                            new RouteDocumentTarget(table, blobs, "hallmark-registry", clock))),
            GateFixtures.gatekeeper(
                    table,
                    blobs,
                    clock,
                    StrictJson::read,
                    "hallmark-registry",
                    ShippedGatePolicies.read().toArray(GatePolicy[]::new)),
            new PlainAnalysis(),
            clock,
            AfterCommit.nothing(),
            new Backoff(new Random(3), pause -> {}));
    private final Policies policies = new Policies(table, clock, ShippedPolicies.read());
    private final Idempotency idempotency = new Idempotency(table, clock, new Random(5));
    private final RouteReader routeReader =
            new RouteReader(table, pause -> slept.accumulateAndGet(pause, Duration::plus));
    private final Router router = new Router(List.of(
            new PromotionRoutes(parts, policies, idempotency),
            new TargetRoutes(parts, new Targets(table, clock), routeReader, idempotency),
            new PolicyRoutes(policies)));

    @BeforeEach
    void thereIsATargetAndAVersion() {
        assertThat(post("/v1/targets", "{\"name\":\"eu-prod\",\"kind\":\"route-document\"}", "")
                        .status())
                .isEqualTo(201);
        Commit.writes(table, List.of(VersionRows.insert(version(1))));
        Commit.writes(table, List.of(VersionRows.insert(version(2))));
    }

    private VersionRecord version(long number) {
        return version(number, Voucher.VERIFIED_BY_REGISTRY);
    }

    private VersionRecord version(long number, Voucher by) {
        byte[] bytes = ("model " + number).repeat(20).getBytes(StandardCharsets.UTF_8);
        ObjectVersion object = ((Blobs.PutResult.Stored)
                        blobs.put("hallmark", "incoming/fraud/" + number, bytes, Map.of(), Blobs.PutCondition.none()))
                .object();
        Json.Obj overall =
                Json.object().with("roc_auc", Json.of(new BigDecimal("0.9"))).with("n", 5000);
        return new VersionRecord(
                new ModelName("fraud"),
                new VersionNumber(number),
                new SemanticVersion(1, number, 0),
                Optional.empty(),
                Hashing.sha256(bytes),
                bytes.length,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new VersionRecord.Bump(VersionRecord.Bump.Kind.MINOR, "data changed"),
                List.of(new FileEntry(
                        "model",
                        bytes.length,
                        Hashing.sha256(bytes),
                        object,
                        FileEntry.Role.ARTIFACT,
                        by,
                        Optional.empty())),
                Json.object().with("metrics", Json.object().with("overall", overall)),
                object,
                Map.of(),
                clock.instant(),
                1);
    }

    private ApiResponse send(String method, String path, String body, Map<String, String> headers) {
        String[] parts = path.split("\\?", 2);
        Map<String, String> query =
                parts.length == 1 ? Map.of() : Map.of(parts[1].split("=", 2)[0], parts[1].split("=", 2)[1]);
        return router.answer(new ApiRequest(
                "r-1",
                method,
                parts[0],
                query,
                headers,
                new ApiRequest.Body(body.getBytes(StandardCharsets.UTF_8)),
                new Actor("alice")));
    }

    private ApiResponse post(String path, String body, String key) {
        Map<String, String> json = Map.of("content-type", "application/json");
        return send(
                "POST",
                path,
                body,
                key.isEmpty() ? json : Map.of("content-type", "application/json", "idempotency-key", key));
    }

    private ApiResponse get(String path, String... header) {
        return send("GET", path, "", header.length == 0 ? Map.of() : Map.of(header[0], header[1]));
    }

    private static Json.Obj body(ApiResponse response) {
        return (Json.Obj) response.body().orElseThrow();
    }

    private static String wish(String more) {
        return "{\"target\":\"eu-prod\",\"policy\":\"demo\",\"reason\":\"weekly\"" + more + "}";
    }

    private String promoted() {
        return body(post(PROMOTIONS, wish(",\"bootstrap\":true"), "key-1")).text("promotionId");
    }

    @Test
    void aPromotionIsAcceptedWithItsPlanAndTheSameKeyGivesTheSameOne() {
        ApiResponse first = post(PROMOTIONS, wish(",\"bootstrap\":true"), "key-1");
        ApiResponse again = post(PROMOTIONS, wish(",\"bootstrap\":true"), "key-1");

        assertThat(first.status()).isEqualTo(202);
        assertThat(body(first).object("plan").array("steps")).hasSize(4);
        assertThat(again).isEqualTo(first);
        Json.Obj promotion = body(get("/v1/promotions/" + body(first).text("promotionId")));
        assertThat(promotion.text("status")).isEqualTo("RUNNING");
        assertThat(promotion.text("requestedBy")).isEqualTo("alice");
    }

    @Test
    void whatIsMissingOrWrongIsRefusedByItsCode() {
        assertThat(refusal(post(PROMOTIONS, wish(""), ""))).isEqualTo("400 IDEMPOTENCY_KEY_REQUIRED");
        assertThat(refusal(post(PROMOTIONS, wish(""), "k"))).isEqualTo("409 BOOTSTRAP_REQUIRED");
        assertThat(refusal(post(PROMOTIONS, wish(",\"onBusy\":\"queue\""), "k")))
                .isEqualTo("422 NOT_SUPPORTED");
        assertThat(refusal(post(PROMOTIONS, wish(",\"actor\":\"eve\""), "k"))).isEqualTo("422 UNKNOWN_FIELD");
        assertThat(refusal(post(PROMOTIONS, "{\"target\":\"eu-prod\",\"policy\":\"default\",\"reason\":\"\"}", "k")))
                .isEqualTo("422 REASON");
        assertThat(refusal(post("/v1/models/fraud/versions/99/promotions", wish(""), "k")))
                .isEqualTo("404 NOT_FOUND");
        assertThat(refusal(post(PROMOTIONS, wish(",\"expectedBaseline\":\"1.0.0\""), "k")))
                .isEqualTo("412 BASELINE_MOVED");
        assertThat(refusal(get("/v1/promotions/nope"))).isEqualTo("404 NOT_FOUND");
    }

    private static String refusal(ApiResponse response) {
        return response.status() + " " + body(response).text("code");
    }

    @Test
    void aPromotionShowsItsGatePolicyAndWhatTheGatesDecidedUnderADigest() {
        String id = promoted();
        Json.Obj before = body(get("/v1/promotions/" + id));
        assertThat(before.object("gatePolicy").text("name")).isEqualTo("demo");
        assertThat(before.object("gatePolicy").integer("version")).isEqualTo(1);
        assertThat(before.object("gatePolicy").text("digest")).hasSize(64);
        assertThat(before.has("gates")).isFalse();
        for (String action : List.of("AcquireLock", "Validate")) {
            Actions.decide(parts).run(action, new StepCall(id, "e", action, 0, Optional.empty()));
        }

        Json.Obj gates = body(get("/v1/promotions/" + id)).object("gates");

        assertThat(gates.text("decision")).isEqualTo("PASS");
        assertThat(gates.text("verdict")).isEqualTo("PASSED");
        assertThat(gates.text("digest")).hasSize(64);
        assertThat(gates.array("checks"))
                .extracting(check -> ((Json.Obj) check).text("rule"))
                .startsWith("lineage", "integrity");
        assertThat(refusal(post(
                        PROMOTIONS,
                        wish(",\"bootstrap\":true,\"review\":{\"decision\":\"" + gates.text("digest")
                                + "\",\"reason\":\"fine\"}"),
                        "key-2")))
                .isEqualTo("409 PROMOTION_IN_PROGRESS");
        post("/v1/promotions/" + id + "/cancel", "{\"reason\":\"wrong one\"}", "");
        assertThat(refusal(post(
                        PROMOTIONS,
                        wish(",\"bootstrap\":true,\"review\":{\"decision\":\"" + gates.text("digest")
                                + "\",\"reason\":\"fine\"}"),
                        "key-3")))
                .isEqualTo("409 NOTHING_TO_REVIEW");
    }

    @Test
    void aVersionIsNotPromotedBeforeItsDeclaredDigestIsVerified() {
        VersionRecord declared = version(3, Voucher.DECLARED);
        Commit.writes(table, List.of(VersionRows.insert(declared)));
        UploadRecord upload = ledger(declared.files().get(0));
        HashRows.Progress progress = HashRows.Progress.first(upload, 1, clock.instant())
                .read(new ResumableSha256.State("0".repeat(64), 64), clock.instant());
        Commit.writes(table, List.of(UploadRows.put(upload), HashRows.put(progress)));

        ApiResponse pending = post("/v1/models/fraud/versions/3/promotions", wish(",\"bootstrap\":true"), "k");

        assertThat(refusal(pending)).isEqualTo("409 INTEGRITY_PENDING");
        assertThat(pending.headers()).containsEntry("retry-after", "30");
        assertThat(body(pending).integer("bytesDone")).isEqualTo(64);
        assertThat(body(pending).integer("bytesTotal")).isEqualTo(declared.size());
        assertThat(body(pending).texts("pending"))
                .containsExactly("the SHA-256 of model is only declared; 64 of 140 bytes are hashed");

        verified(upload, declared.files().get(0).sha256());

        assertThat(post("/v1/models/fraud/versions/3/promotions", wish(",\"bootstrap\":true"), "k")
                        .status())
                .as("the same key: what was refused may be asked for again")
                .isEqualTo(202);
    }

    @Test
    void aVersionWhoseBytesHaveAnotherDigestThanDeclaredIsNeverPromoted() {
        VersionRecord declared = version(3, Voucher.DECLARED);
        Commit.writes(table, List.of(VersionRows.insert(declared)));
        UploadRecord upload = ledger(declared.files().get(0));
        Commit.writes(table, List.of(UploadRows.put(upload)));
        verified(upload, Hashing.sha256("other bytes"));

        ApiResponse refused = post("/v1/models/fraud/versions/3/promotions", wish(",\"bootstrap\":true"), "k");

        assertThat(refusal(refused)).isEqualTo("409 DIGEST_MISMATCH");
        assertThat(refused.headers()).doesNotContainKey("retry-after");
        assertThat(body(refused).texts("contradictions"))
                .singleElement()
                .asString()
                .contains(
                        declared.files().get(0).sha256().hex(),
                        Hashing.sha256("other bytes").hex());
    }

    /** The ledger's entry of a file that was registered with a declared digest. */
    private UploadRecord ledger(FileEntry file) {
        return UploadRecord.first(
                        UploadId.of(file.object()), file.object(), Optional.of(new ModelName("fraud")), clock.instant())
                .known(file.size(), file.digests(), "none")
                .belongsTo(
                        LedgerState.REGISTERED,
                        new VersionNumber(3),
                        new SemanticVersion(1, 3, 0),
                        "registered",
                        clock.instant());
    }

    private void verified(UploadRecord upload, Sha256 found) {
        assertThat(Commit.writes(
                        table,
                        List.of(UploadRows.put(
                                upload.with(upload.digests().flatRead(found)).rewritten()))))
                .isTrue();
    }

    @Test
    void aReviewNamesADecisionByItsDigestAndSaysWhy() {
        String nobodys = "0".repeat(64);
        assertThat(refusal(post(
                        PROMOTIONS,
                        wish(",\"bootstrap\":true,\"review\":{\"decision\":\"" + nobodys + "\",\"reason\":\"fine\"}"),
                        "k")))
                .isEqualTo("404 NOT_FOUND");
        ApiResponse wrong =
                post(PROMOTIONS, wish(",\"bootstrap\":true,\"review\":{\"decision\":\"yes\",\"by\":\"me\"}"), "k");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(body(wrong).array("errors"))
                .extracting(error -> ((Json.Obj) error).text("pointer") + " " + ((Json.Obj) error).text("code"))
                .containsExactlyInAnyOrder(
                        "/review/decision DIGEST_FORMAT", "/review/reason REQUIRED", "/review/by UNKNOWN_FIELD");
        assertThat(body(post(PROMOTIONS, wish(",\"bootstrap\":true,\"review\":1"), "k"))
                        .text("code"))
                .isEqualTo("TYPE");
    }

    @Test
    void aSecondPromotionOfTheTargetIsRefusedWithALink() {
        String id = promoted();

        ApiResponse second = post("/v1/models/fraud/versions/2/promotions", wish(",\"bootstrap\":true"), "key-2");

        assertThat(refusal(second)).isEqualTo("409 PROMOTION_IN_PROGRESS");
        assertThat(second.body().orElseThrow().toString()).contains("/v1/promotions/" + id);
    }

    @Test
    void aCancelledPromotionThatMovedNothingHasEnded() {
        String id = promoted();

        assertThat(post("/v1/promotions/" + id + "/cancel", "{\"reason\":\"wrong one\"}", "")
                        .status())
                .isEqualTo(202);
        assertThat(body(get("/v1/promotions/" + id)).text("status")).isEqualTo("CANCELLED");
        assertThat(refusal(post("/v1/promotions/" + id + "/cancel", "{\"reason\":\"again\"}", "")))
                .isEqualTo("409 PROMOTION_ENDED");
        assertThat(body(get("/v1/promotions/" + id + "/events")).array("events"))
                .hasSize(2);
        assertThat(body(get("/v1/promotions?model=fraud")).array("promotions")).hasSize(1);
    }

    @Test
    void aFleetFollowsTheRouteAcknowledgesItAndReports() {
        assertThat(refusal(get(SERVED + "/route"))).isEqualTo("404 NOT_FOUND");
        String id = promoted();
        for (String action : List.of("AcquireLock", "Validate")) {
            Actions.decide(parts).run(action, new StepCall(id, "e", action, 0, Optional.empty()));
        }
        for (String action : List.of("PrepareTarget", "StartShadow")) {
            Actions.target(parts).run(action, new StepCall(id, "e", action, 0, Optional.empty()));
        }

        ApiResponse route = get(SERVED + "/route");
        String etag = route.headers().getOrDefault("etag", "");
        Json.Obj document = body(route);
        assertThat(document.object("weightsBps")).isEqualTo(Json.object().with("fallback", 10_000));
        assertThat(etag).isEqualTo("\"" + document.text("digest") + "\"");
        assertThat(get(SERVED + "/route?wait=30", "if-none-match", etag).status())
                .isEqualTo(304);
        assertThat(slept.get()).isEqualTo(Duration.ofSeconds(30));

        String ack = "{\"instanceId\":\"pod-1\",\"routeRevision\":1,\"routeDigest\":\"" + document.text("digest")
                + "\",\"loaded\":[],\"at\":\"2026-11-21T10:00:00Z\"}";
        assertThat(post(SERVED + "/acks", ack, "").status()).isEqualTo(202);
        assertThat(body(get(SERVED)).object("instances").integer("atRevision")).isEqualTo(1);

        String window = "{\"source\":\"pod-1\",\"seq\":1,\"windowStart\":\"2026-11-21T09:59:50Z\","
                + "\"windowEnd\":\"2026-11-21T10:00:00Z\",\"routeRevision\":1,\"variant\":\"1.1.0\","
                + "\"requests\":10,\"errors\":0,\"overSlo\":{\"100\":1}}";
        assertThat(body(post(SERVED + "/observations", window, "")))
                .isEqualTo(Json.object().with("accepted", 1).with("duplicates", 0));
        assertThat(body(post(SERVED + "/observations", "{\"windows\":[" + window + "]}", "")))
                .isEqualTo(Json.object().with("accepted", 0).with("duplicates", 1));
        assertThat(refusal(post(SERVED + "/observations", window.replace("\"errors\":0", "\"errors\":11"), "")))
                .isEqualTo("422 RANGE");
    }

    @Test
    void thereIsNothingToRollBackToBeforeAnythingServed() {
        assertThat(refusal(post(SERVED + "/rollback", "{\"reason\":\"p99\"}", "key-9")))
                .isEqualTo("409 NO_PREVIOUS");
        assertThat(refusal(post(SERVED + "/rollback", "{}", ""))).isEqualTo("422 REQUIRED");
    }

    @Test
    void policiesThatShipDoNotChangeAndOthersAreKeptByContent() {
        assertThat(body(get("/v1/policies")).array("policies")).hasSize(2);
        String document = get("/v1/policies/demo")
                .body()
                .map(found -> ((Json.Obj) found).object("document"))
                .map(io.hallmark.core.json.CanonicalJson::write)
                .orElseThrow();
        Map<String, String> json = Map.of("content-type", "application/json");

        assertThat(refusal(send("PUT", "/v1/policies/default", document, json))).isEqualTo("409 POLICY_SHIPPED");
        ApiResponse stored = send("PUT", "/v1/policies/mine", document, json);
        assertThat(stored.status()).isEqualTo(200);
        assertThat(body(stored).text("digest"))
                .isEqualTo(body(get("/v1/policies/demo")).text("digest"));
        assertThat(send("PUT", "/v1/policies/mine", document, json)).isEqualTo(stored);
        assertThat(refusal(send("PUT", "/v1/policies/mine", "{}", json))).isEqualTo("422 POLICY_INVALID");
    }
}
