package io.hallmark.handlers.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryPartUploads;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.service.query.AuditQueries;
import io.hallmark.core.service.query.DescribeModel;
import io.hallmark.core.service.query.EventFeed;
import io.hallmark.core.service.query.RegistryQueries;
import io.hallmark.core.service.query.UploadQueries;
import io.hallmark.core.service.upload.UploadPlaces;
import io.hallmark.core.store.Bus;
import io.hallmark.handlers.api.ApiRequest;
import io.hallmark.handlers.api.ApiResponse;
import io.hallmark.handlers.api.RegistryRoutes;
import io.hallmark.handlers.api.Router;
import io.hallmark.handlers.api.UploadRoutes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The Registry table of the HTTP contract, over registered samples. */
class RegistryRoutesTest {

    private final Registry registry = new Registry();
    private final Router router = router();

    @Test
    void modelsAndTheirVersionsAreListedPageByPage() {
        for (int i = 1; i <= 5; i++) {
            registry.upload("fraud/model", Uploads.bytes("model " + i));
        }
        registry.upload("churn/model", Uploads.bytes("churn"));
        Json.Obj models = get("/v1/models");
        assertThat(models.array("models"))
                .extracting(model -> ((Json.Obj) model).text("name"))
                .containsExactly("churn", "fraud");
        Json.Obj model = get("/v1/models/fraud");
        assertThat(model.integer("versions")).isEqualTo(5);
        assertThat(model.object("serving").object("eu-prod").integer("number")).isEqualTo(2);

        List<Long> numbers = new ArrayList<>();
        Json.Obj page = get("/v1/models/fraud/versions", Map.of("limit", "2"));
        while (true) {
            page.array("versions").forEach(version -> numbers.add(((Json.Obj) version).integer("number")));
            if (!page.has("nextPage")) {
                break;
            }
            page = get("/v1/models/fraud/versions", Map.of("limit", "2", "page", page.text("nextPage")));
        }
        assertThat(numbers).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(call("GET", "/v1/models/fraud/versions", Map.of("page", "x"), "")
                        .status())
                .isEqualTo(400);
        assertThat(call("GET", "/v1/models/nothing", Map.of(), "").status()).isEqualTo(404);
        assertThat(call("GET", "/v1/models/Nothing", Map.of(), "").status()).isEqualTo(404);
    }

    @Test
    void aVersionIsFoundByNumberAndBySemanticVersionWithItsFilesAndReplicates() {
        registry.uploadSample("doctor-visit/candidate-gbm", "doctor-visit/gbm");
        registry.uploadSample("doctor-visit/candidate-gbm-replicate", "doctor-visit/again");
        Json.Obj version = get("/v1/models/doctor-visit/versions/1");
        assertThat(get("/v1/models/doctor-visit/versions/1.0.0")).isEqualTo(version);
        assertThat(version.text("lineage")).isEqualTo("complete");
        assertThat(version.array("replicates")).hasSize(2);
        assertThat(version.object("manifest").text("label")).isEqualTo("candidate-gbm");
        Json.Obj files = get("/v1/models/doctor-visit/versions/1/files");
        assertThat(files.array("files"))
                .extracting(file -> ((Json.Obj) file).text("role"))
                .containsExactly("artifact", "evidence", "evidence", "evidence", "evidence");

        Json.Obj run = get("/v1/runs/" + version.text("runId"));
        assertThat(run.array("replicates"))
                .extracting(each -> ((Json.Obj) each).text("verdict"))
                .containsExactly("FIRST", "WITHIN_NOISE");
        Json.Obj artifact = get("/v1/artifacts/" + version.text("artifactDigest"));
        assertThat(artifact.integer("size")).isEqualTo(204384);
        assertThat(artifact.array("versions")).hasSize(1);
    }

    @Test
    void aFileIsFetchedFromAPresignedAddressUnlessItIsGone() {
        UploadRecord entry = registry.upload("fraud/model.onnx", Uploads.bytes("x"));
        String path = "/v1/models/fraud/versions/1/files/model.onnx";
        ApiResponse found = call("GET", path, Map.of(), "");
        assertThat(found.status()).isEqualTo(302);
        assertThat(found.headers().get("location")).startsWith("memory:get/");
        registry.blobs.erase(entry.object());
        ApiResponse gone = call("GET", path, Map.of(), "");
        assertThat(gone.status()).isEqualTo(409);
        assertThat(((Json.Obj) gone.body().orElseThrow()).text("code")).isEqualTo("ARTIFACT_MISSING");
        assertThat(call("GET", "/v1/models/fraud/versions/1/files/other", Map.of(), "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void lineageGoesUpToTheIngredientsAndDownToTheProducts() {
        registry.uploadSample("doctor-visit/candidate-gbm", "doctor-visit/gbm");
        byte[] bytes = Uploads.bytes("distilled");
        Json.Obj manifest = Uploads.manifest("small", List.of(Uploads.listed("model", bytes)), 1, 1);
        Json.Obj parent = Json.object().with("model", "doctor-visit").with("version", "1.0.0");
        Json.Obj lineage = manifest.object("lineage").with("parents", Json.array(List.of(parent)));
        registry.upload("small/up/model", bytes);
        registry.upload("small/up/hallmark.json", Uploads.bytes(manifest.with("lineage", lineage)));

        Json.Obj up = get("/v1/models/small/versions/1/lineage", Map.of("direction", "up", "depth", "2"));
        List<String> kinds = up.array("edges").stream()
                .map(edge -> ((Json.Obj) edge).object("from").text("id") + " from "
                        + ((Json.Obj) edge).object("to").text("kind"))
                .toList();
        assertThat(kinds).contains("small/1 from version", "small/1 from data", "doctor-visit/1 from features");
        Json.Obj down = get("/v1/models/doctor-visit/versions/1/lineage", Map.of("direction", "down"));
        assertThat(down.array("edges"))
                .containsExactly(Json.object()
                        .with("from", Json.object().with("kind", "version").with("id", "small/1"))
                        .with("to", Json.object().with("kind", "version").with("id", "doctor-visit/1")));
        assertThat(call("GET", "/v1/models/small/versions/1/lineage", Map.of("depth", "6"), "")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theLineageOfTheBrokenModelDiffersInItsDataAlone() {
        registry.uploadSample("doctor-visit/candidate-gbm", "doctor-visit/gbm");
        registry.uploadSample("doctor-visit/candidate-leaky-or-broken", "doctor-visit/leaky");
        Json.Obj diff = get("/v1/models/doctor-visit/versions/1/diff/2");
        assertThat(diff.array("changes").stream()
                        .map(change -> ((Json.Obj) change).text("pointer"))
                        .filter(pointer -> pointer.startsWith("/lineage")))
                .containsExactly("/lineage/data/0/id");
    }

    @Test
    void uploadsAreListedByStateAndModel() {
        registry.upload("fraud/good", Uploads.bytes("x"));
        UploadRecord empty = registry.upload("fraud/empty", new byte[0]);
        registry.upload("churn/good", Uploads.bytes("y"));
        assertThat(get("/v1/uploads").array("uploads")).hasSize(3);
        assertThat(get("/v1/uploads", Map.of("model", "fraud")).array("uploads"))
                .hasSize(2);
        assertThat(get("/v1/uploads", Map.of("model", "fraud", "state", "QUARANTINED"))
                        .array("uploads"))
                .hasSize(1);
        Json.Obj shown = get("/v1/uploads/" + empty.id().hex());
        assertThat(shown.text("code")).isEqualTo("EMPTY");
        List<Json> all = new ArrayList<>();
        Json.Obj page = get("/v1/uploads", Map.of("limit", "1"));
        all.addAll(page.array("uploads"));
        while (page.has("nextPage")) {
            page = get("/v1/uploads", Map.of("limit", "1", "page", page.text("nextPage")));
            all.addAll(page.array("uploads"));
        }
        assertThat(all).hasSize(3).doesNotHaveDuplicates();
        assertThat(call("GET", "/v1/uploads", Map.of("page", "forged"), "").status())
                .isEqualTo(400);
        assertThat(call("GET", "/v1/uploads", Map.of("state", "LOST"), "").status())
                .isEqualTo(400);
    }

    @Test
    void anUploadIsOpenedWithAnAddressPerFile() {
        ApiResponse opened = call(
                "POST", "/v1/uploads", Map.of(), "{\"model\":\"fraud\",\"files\":[{\"path\":\"a/b.bin\",\"size\":3}]}");
        assertThat(opened.status()).isEqualTo(201);
        Json.Obj body = (Json.Obj) opened.body().orElseThrow();
        assertThat(body.text("prefix")).isEqualTo("incoming/fraud/" + body.text("upload") + "/");
        assertThat(((Json.Obj) body.array("files").get(0)).text("url")).startsWith("memory:put/");
        ApiResponse refused =
                call("POST", "/v1/uploads", Map.of(), "{\"model\":\"Fraud\",\"files\":[{\"path\":\"../b\"}],\"x\":1}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(ExactJson.write(refused.body().orElseThrow()))
                .contains("NAME_CHARS")
                .contains("\"PATH\"")
                .contains("UNKNOWN_FIELD");
    }

    @Test
    void anAddressIsBoundToTheDigestThatIsGiven() {
        String sha256 = Hashing.sha256("x").hex();
        ApiResponse opened = call(
                "POST",
                "/v1/uploads",
                Map.of(),
                "{\"model\":\"fraud\",\"files\":[{\"path\":\"a.bin\",\"size\":1,\"sha256\":\"" + sha256 + "\"}]}");
        Json.Obj body = (Json.Obj) opened.body().orElseThrow();
        assertThat(body.has("upload")).isFalse();
        Json.Obj file = (Json.Obj) body.array("files").get(0);
        assertThat(file.text("url")).startsWith("memory:whole/").endsWith(sha256);
        assertThat(file.object("headers").text("x-amz-checksum-sha256"))
                .isEqualTo("LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=");
        ApiResponse refused = call(
                "POST",
                "/v1/uploads",
                Map.of(),
                "{\"model\":\"fraud\",\"files\":[{\"path\":\"a\",\"sha256\":\"beef\"}]}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(ExactJson.write(refused.body().orElseThrow()))
                .contains("DIGEST_FORMAT")
                .contains("/files/0/sha256");
    }

    @Test
    void aDescriptionIsKeptOnTheRecord() {
        registry.upload("fraud/model", Uploads.bytes("x"));
        ApiResponse described = call("PATCH", "/v1/models/fraud", Map.of(), "{\"description\":\"card fraud\"}");
        assertThat(((Json.Obj) described.body().orElseThrow()).text("description"))
                .isEqualTo("card fraud");
        Json.Obj audit = get("/v1/audit/model:fraud");
        assertThat(audit.flag("intact")).isTrue();
        assertThat(audit.array("entries"))
                .extracting(entry -> ((Json.Obj) entry).object("body").text("action") + " by "
                        + ((Json.Obj) entry).object("body").text("actor"))
                .containsExactly("version.registered by registry", "model.described by tester");
        assertThat(get("/v1/audit/model:fraud", Map.of("from", "2")).flag("intact"))
                .isTrue();
        registry.upload("fraud/model", Uploads.bytes("y"));
        assertThat(get("/v1/models/fraud").text("description")).isEqualTo("card fraud");
    }

    @Test
    void eventsAreReadOnFromAPlace() {
        Json.Obj events = get("/v1/events", Map.of("after", "7"));
        assertThat(((Json.Obj) events.array("events").get(0)).text("id")).isEqualTo("after 7");
        assertThat(events.text("next")).isEqualTo("8");
    }

    private Json.Obj get(String path) {
        return get(path, Map.of());
    }

    private Json.Obj get(String path, Map<String, String> query) {
        ApiResponse response = call("GET", path, query, "");
        assertThat(response.status()).as("%s %s", path, response.body()).isEqualTo(200);
        return (Json.Obj) response.body().orElseThrow();
    }

    private ApiResponse call(String method, String path, Map<String, String> query, String body) {
        Map<String, String> headers = new HashMap<>();
        if (!body.isEmpty()) {
            headers.put("content-type", "application/json");
        }
        return router.answer(new ApiRequest(
                "r-1", method, path, query, headers, new ApiRequest.Body(Uploads.bytes(body)), new Actor("tester")));
    }

    private Router router() {
        RegistryQueries queries = new RegistryQueries(
                registry.table,
                registry.blobs,
                registry.documents,
                model -> Map.of(new TargetName("eu-prod"), new VersionNumber(2)));
        EventFeed feed = (after, limit) -> new EventFeed.Slice(
                List.of(new Bus.DomainEvent(
                        "after " + after, "version.registered", "fraud", registry.clock.instant(), Json.object())),
                "8");
        return new Router(List.of(
                new RegistryRoutes(
                        queries,
                        new DescribeModel(registry.table, registry.clock, registry.backoff),
                        new AuditQueries(registry.table),
                        feed),
                new UploadRoutes(new UploadQueries(
                        registry.table,
                        registry.blobs,
                        new MemoryPartUploads(registry.blobs),
                        new UploadPlaces(registry.clock, new Random(1)),
                        Uploads.BUCKET,
                        registry.clock))));
    }
}
